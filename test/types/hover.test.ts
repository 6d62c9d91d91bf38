/** What an editor shows: every export and every public member has a text, and internals do not show at all. */
import { expect, test } from 'vitest'
import { loadDeclarations } from './entries.ts'
import { publicPlaces } from './walk.ts'

const places = publicPlaces(loadDeclarations())

test('every export and every public member has hover text', () => {
  expect(places.length).toBeGreaterThan(500)
  expect(places.filter(({ text }) => text === '').map(({ path }) => path)).toEqual([])
})
