/** The built command as a child process: arguments, streams, files and exit codes of the real thing. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { serializerOf } from '../../src/cli/serializers.ts'
import { createCodec } from '../../src/variants/full.ts'
import { builtMain, hex, runBuilt, SESSION, sessionLines, unhex, utf8 } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** PUBLISH with binary args, frame 102 of the session, in its three serializers. */
const publish = sessionLines[101]!.bytes
const codec = createCodec()
const message = codec.serializer('cbor').decode(publish)

describe('inspect', () => {
  test('the recorded session inspects', () => {
    const { code, out, error } = runBuilt(['inspect', SESSION])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('286 frames, none broken')
    expect(out).not.toContain('\x1b')
  })

  test('the output may be closed early', () => {
    const pipe = `"${process.execPath}" "${builtMain()}" inspect --json ${SESSION} | head -c 10`
    const { status, stderr } = spawnSync('sh', ['-c', pipe], { cwd: join(import.meta.dirname, '../..') })
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
  })

  test.each([
    ['a file of raw bytes', publish],
    ['a file of hex text', utf8(`${hex(publish)}\n`)],
    ['a file of base64 text', utf8(`${Buffer.from(publish).toString('base64')}\n`)],
  ])('%s gives the same as the bytes on standard input', (_name, content) => {
    const file = join(folder, 'frame')
    writeFileSync(file, content)
    const fromFile = runBuilt(['inspect', file])
    expect(fromFile.code).toBe(0)
    expect(fromFile.out).toContain('"matterhorn.jpg"')
    for (const args of [['inspect'], ['inspect', '-']]) expect(runBuilt(args, content)).toEqual(fromFile)
  })

  test('a broken frame has exit code 1 and is shown up to the error', () => {
    const { code, out } = runBuilt(['inspect', '--hex', hex(publish.subarray(0, 39))])
    expect(code).toBe(1)
    expect(out).toContain('"com.example.photo"')
    expect(out).toContain('error at byte 37')
  })
})

describe('convert', () => {
  test('raw bytes come out on standard output', () => {
    const { code, bytes, error } = runBuilt(['convert', '--from', 'cbor', '--to', 'msgpack'], publish)
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(hex(bytes)).toBe(hex(codec.serializer('msgpack').encode(message)))
  })

  test('--out writes a file and nothing else', () => {
    const file = join(folder, 'out.json')
    const args = ['convert', '--from', 'cbor', '--to', 'json', '--out', file, '--hex', hex(publish)]
    expect(runBuilt(args)).toMatchObject({ code: 0, out: '', error: '' })
    expect(readFileSync(file, 'utf8')).toBe(codec.serializer('json').encodeText(message))
  })

  test('a broken frame has exit code 1, a text on standard error and no output', () => {
    const { code, out, error } = runBuilt(['convert', '--to', 'json', '--hex', hex(publish.subarray(0, 39))])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toContain('wamp-codec: cannot decode PUBLISH from cbor: ')
    expect(error).toContain('(byte 37)')
  })

  test('a session goes through cbor and msgpack to json, and every message is the same', () => {
    let content: string | Uint8Array = readFileSync(join(import.meta.dirname, '../..', SESSION), 'utf8')
    for (const to of ['json', 'cbor', 'msgpack', 'json'] as const) {
      const { code, bytes } = runBuilt(['convert', '--to', to], content)
      expect(code).toBe(0)
      content = bytes
    }
    const lines = Buffer.from(content).toString().trimEnd().split('\n')
    expect(lines).toHaveLength(sessionLines.length)
    for (const [i, line] of lines.entries()) {
      const before = sessionLines[i]!
      const { hex: converted, serializer, ...rest } = JSON.parse(line)
      expect(serializer).toBe('json')
      expect({ ...rest, serializer: before.serializer, hex: hex(before.bytes) }).toEqual(before.record)
      const original = serializerOf(codec, before.serializer!).decode(before.bytes)
      const decoded = codec.serializer('json').decode(unhex(converted))
      expect(decoded.marshal()).toEqual(original.marshal())
      expect(decoded.equals(original)).toBe(true)
    }
  })
})

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(runBuilt(['--version'])).toMatchObject({ code: 0, out: `${version}\n` })
})

test('wrong usage has exit code 2', () => {
  expect(runBuilt(['inspect', 'no-such-file'])).toMatchObject({ code: 2, out: '' })
})
