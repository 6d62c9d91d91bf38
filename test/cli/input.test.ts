/** Tests of src/cli/input.ts: in which form a frame came. */
import { describe, expect, test } from 'vitest'
import { parseBase64, parseHex, parseInput } from '../../src/cli/input.ts'
import { hex, runHere, sessionLines, unhex, utf8 } from './support.ts'

const FRAME = '84182004a071636f6d2e6578616d706c652e70686f746f'

/** Hex of the one frame in an input. */
function frameOf(bytes: Uint8Array): string {
  const input = parseInput(bytes, false)
  return input.kind === 'frame' ? hex(input.bytes) : `a session of ${input.lines.length}`
}

describe('the form of an input', () => {
  test.each([
    ['hex', FRAME],
    ['hex in capitals', FRAME.toUpperCase()],
    ['hex in lines', FRAME.replace(/(.{16})/g, '$1\n')],
    ['hex with spaces', FRAME.replace(/(..)/g, '$1 ')],
    ['hex with colons', FRAME.replace(/(..)(?=.)/g, '$1:')],
    ['hex as in C', FRAME.replace(/(..)/g, '0x$1, ')],
    ['base64', Buffer.from(FRAME, 'hex').toString('base64')],
    [
      'base64 in lines',
      Buffer.from(FRAME, 'hex')
        .toString('base64')
        .replace(/(.{10})/g, '$1\r\n'),
    ],
    ['base64url without filling', Buffer.from(FRAME, 'hex').toString('base64url')],
  ])('%s is read as such', (_name, text) => {
    expect(frameOf(utf8(text))).toBe(FRAME)
    expect(frameOf(utf8(`${text}\n`))).toBe(FRAME)
  })

  test.each([
    ['JSON', utf8('[34,7,8]')],
    ['JSON after white space', utf8('\n [34,7,8]\n')],
    ['batched JSON', utf8('[34,7,8]\x1e')],
    ['JSON that is no list', utf8('{"hex":1}')],
    ['one hex digit', utf8('8')],
    ['nothing', utf8('')],
    ['white space', utf8(' \n')],
    ['batched cbor', unhex('00000004 8318 2204')],
  ])('%s is raw bytes', (_name, bytes) => {
    expect(frameOf(bytes)).toBe(hex(bytes))
  })

  test('every frame of the session is the same raw, as hex and as base64', () => {
    for (const { bytes } of sessionLines) {
      expect(frameOf(bytes)).toBe(hex(bytes))
      expect(frameOf(utf8(hex(bytes)))).toBe(hex(bytes))
      expect(frameOf(utf8(Buffer.from(bytes).toString('base64')))).toBe(hex(bytes))
    }
  })

  /** Text as editors save it: with a byte order mark, which names the encoding. */
  const saved: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'UTF-8': (text) => utf8(`\ufeff${text}`),
    'UTF-16, little-endian': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
    'UTF-16, big-endian': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
  }

  test.each(Object.entries(saved))(
    'what an editor saved as %s is read without its mark',
    async (_name, save) => {
      for (const json of ['[34,7,8]', ' \r\n[36,1,2,{},["é😀"]]\r\n', '[34,7,8]\x1e[34,8,9]\x1e']) {
        expect(frameOf(save(json))).toBe(hex(utf8(json)))
      }
      expect(frameOf(save(`${FRAME}\r\n`))).toBe(FRAME)
      expect(frameOf(save(Buffer.from(FRAME, 'hex').toString('base64')))).toBe(FRAME)
      const line = '{"n":5,"serializer":"cbor","hex":"82182309"}\r\n'
      for (const isNamed of [true, false]) {
        expect(parseInput(save(`\r\n${line}${line}`), isNamed)).toMatchObject({
          kind: 'session',
          lines: [
            { line: 2, n: 5, serializer: 'cbor', bytes: unhex('82182309') },
            { line: 3, n: 5, serializer: 'cbor', bytes: unhex('82182309') },
          ],
        })
      }
      const { code, out } = await runHere(['inspect', 'frame.json'], {
        files: { 'frame.json': save('[34,7,8]') },
      })
      expect(code).toBe(0)
      expect(out).toContain('guessed json (sure): decodes as UNSUBSCRIBE')
    },
  )

  test('files with a mark that were joined are one session', () => {
    const file = '\ufeff{"hex":"82182309"}\r\n'
    expect(frameOf(utf8(file + file))).toBe('a session of 2')
  })

  test('raw bytes that begin like a mark, and are no text, stay as they are', () => {
    for (const digits of ['fffe', 'feff', 'fffe0102', 'feff00ff', 'fffe5b'])
      expect(frameOf(unhex(digits))).toBe(digits)
  })

  test('a session is known by its first line', () => {
    expect(frameOf(utf8('\n{"hex":"9322"}\n{"hex":"9323"}\n'))).toBe('a session of 2')
  })

  test('a session line keeps its own number, or has that of its line', () => {
    const input = parseInput(utf8('{"hex":"93","n":7,"serializer":"msgpack"}\n\n{"hex":"93"}'), true)
    expect(input).toMatchObject({
      kind: 'session',
      lines: [
        { n: 7, line: 1 },
        { n: 3, line: 3 },
      ],
    })
    expect(input).toMatchObject({ lines: [{ serializer: 'msgpack' }, { serializer: null }] })
  })
})

test('empty hex and empty base64 are an empty frame', () => {
  expect(parseHex('', 'x')).toHaveLength(0)
  expect(parseBase64('', 'x')).toHaveLength(0)
})

test.each(['a', 'kyIHCA=', 'kyIHCA===', 'ky$H'])('%j is not base64', (text) => {
  expect(() => parseBase64(text, 'it')).toThrow('it: this is not base64')
})
