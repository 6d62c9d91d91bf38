/** Each adapter on its preset against the client's own serializers, for the values that docs/clients.md tells of. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'

const DOCUMENT = resolve(import.meta.dirname, '../../docs/clients.md')

afterEach(() => {
  vi.restoreAllMocks()
})

test('the tables of docs/clients.md are what the serializers give (else run node test/clients/differences.mjs)', async () => {
  const file = pathToFileURL(resolve(import.meta.dirname, 'differences.mjs')).href
  const { updated } = (await import(file)) as { updated(document: string): Promise<string> }
  // msgpack5 warns of a Map.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const document = readFileSync(DOCUMENT, 'utf8')
  expect(await updated(document)).toBe(document)
})
