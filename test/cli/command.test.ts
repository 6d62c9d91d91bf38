/** Tests of src/cli/command.ts: help, version and everything that is wrong usage. */
import { describe, expect, test } from 'vitest'
import { runHere, SESSION } from './support.ts'

describe('help', () => {
  test.each([
    [['--help'], 'Exit codes: 0 success, 1 a frame is broken, 2 wrong usage.'],
    [['-h'], 'wamp-codec inspect [FILE]'],
    [['inspect', '--help'], '--frame N'],
    [['convert', '--help', '--to', 'cbor'], '--out FILE'],
    [['--help', 'inspect'], '--frame N'],
    [['-h', 'convert'], '--out FILE'],
  ])('%j prints help and does nothing else', async (args, part) => {
    const { code, out, error } = await runHere(args, { stdinIsTty: true })
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain(part)
  })

  test('no line of help is longer than a terminal', async () => {
    for (const args of [['--help'], ['inspect', '--help'], ['convert', '--help']]) {
      const { out } = await runHere(args)
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
    }
  })
})

const FRAME = ['--hex', '9322 07 08']

describe('wrong usage', () => {
  test.each([
    [[], 'give a command: inspect or convert'],
    [['--'], 'give a command: inspect or convert'],
    [['decode'], 'unknown command "decode"'],
    [['--help', 'decode'], 'unknown command "decode"'],
    [['--nope'], "Unknown option '--nope'"],
    [['inspect', '--nope'], "Unknown option '--nope'"],
    [['inspect', '--to', 'cbor', ...FRAME], "Unknown option '--to'"],
    [['inspect', '--hex'], "Option '--hex <value>' argument missing"],
    [['inspect', '--json=yes', ...FRAME], "Option '--json' does not take an argument"],
    [
      ['inspect', '--serializer', 'xml', ...FRAME],
      '--serializer: unknown serializer "xml"; known are json, ',
    ],
    [['inspect', '--hex', '9', ...FRAME.slice(2)], '--hex: an odd number of hex digits (1)'],
    [['inspect', '--hex', '93xy'], '--hex: "x" is not a hex digit'],
    [['inspect', '--base64', '*'], '--base64: this is not base64'],
    [['inspect', ...FRAME, '--base64', 'kyIHCA=='], 'give one FILE, --hex or --base64, not several'],
    [['inspect', ...FRAME, ...FRAME], 'give one FILE, --hex or --base64, not several'],
    [['inspect', '--base64', 'kyIHCA==', '--base64', ''], 'give one FILE, --hex or --base64, not several'],
    [['convert', '--to', 'cbor', ...FRAME, ...FRAME], 'give one FILE, --hex or --base64, not several'],
    [['inspect', 'a', 'b'], 'give one FILE, --hex or --base64, not several'],
    [['inspect', 'no-such-file'], 'cannot read no-such-file: no such file or directory'],
    [['inspect', 'src'], 'cannot read src: illegal operation on a directory'],
    [['inspect', ...FRAME, '--frame', '1'], '--frame needs a recorded session'],
    [['inspect', SESSION, '--frame', '0'], 'the session has no frame 0'],
    [['convert', ...FRAME], 'convert needs --to'],
    [['convert', '--to', 'xml', ...FRAME], '--to: unknown serializer "xml"; known are json, '],
    [['convert', '--from', '', '--to', 'cbor', ...FRAME], '--from: unknown serializer ""; known are json, '],
    [['convert', '--to', 'cbor', '--as', 'octal', ...FRAME], '--as is raw, hex or base64, not "octal"'],
    [['convert', '--to', 'cbor', '--as', 'hex', '--json', ...FRAME], 'give --as or --json, not both'],
    [['convert', '--to', 'cbor', '--as', 'hex', SESSION], '--as cannot be used with a session'],
    [['convert', '--to', 'cbor', '--out', 'missing/x', ...FRAME], 'cannot write missing/x: no such file'],
  ])('%j says what is wrong', async (args, text) => {
    const { code, out, error } = await runHere(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain(`wamp-codec: ${text}`)
    expect(error.endsWith('\nsee wamp-codec --help\n')).toBe(true)
  })

  test('a terminal as standard input is not waited for', async () => {
    const { code, error } = await runHere(['inspect'], { stdinIsTty: true })
    expect(code).toBe(2)
    expect(error).toContain('nothing to read')
  })

  test('standard input that cannot be read is named', async () => {
    const { code, error } = await runHere(['inspect'], { stdin: null })
    expect(code).toBe(2)
    expect(error).toBe('wamp-codec: cannot read standard input: bad file descriptor\nsee wamp-codec --help\n')
  })

  test.each([
    ['no hex', '{"hex":"9322"}\n{"serializer":"cbor"}', 'line 2 of the session has no "hex"'],
    ['no JSON', '{"hex":"9322"}\n\n{"hex"', 'line 3 of the session is not JSON'],
    ['no object', '{"hex":"9322"}\n[]', 'line 2 of the session is not an object'],
    [
      'a serializer that is no text',
      '{"hex":"9322","serializer":5}',
      'line 1 of the session: "serializer" is not a string',
    ],
    [
      'an unknown serializer',
      '{"hex":"9322","serializer":"xml"}',
      'line 1 of the session: unknown serializer "xml"',
    ],
    ['half a byte', '{"hex":"932"}', 'line 1 of the session: an odd number of hex digits (3)'],
  ])('a session line with %s is named', async (_name, stdin, text) => {
    const { code, error } = await runHere(['inspect'], { stdin })
    expect(code).toBe(2)
    expect(error).toContain(text)
  })

  test('a session file without lines is wrong usage', async () => {
    const { code, error } = await runHere(['inspect', 'x.jsonl'], { files: { 'x.jsonl': '\n' } })
    expect(code).toBe(2)
    expect(error).toContain('the session has no frames')
  })
})
