/** The command on what peers and recorders may send: nothing steers the terminal, ends it with a stack or gets lost. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reportFrame } from '../../src/cli/report.ts'
import { createCodec } from '../../src/variants/full.ts'
import { builtMain, hex, runHere, unhex, utf8 } from './support.ts'

const codec = createCodec({ cache: false })
/** PUBLISH in CBOR whose args are these bytes. */
const publishOf = (args: string): string => `85 10 01 a0 63612e62 ${args}`
/** C1 and bidirectional controls, which JSON leaves as they are. */
const STEERING = '\u009b31m\u202e'

describe('inspect --json', () => {
  async function argsOf(args: string): Promise<string> {
    const { code, out } = await runHere(['inspect', '--json', '--hex', publishOf(args)])
    expect(code).toBe(0)
    const { fields } = JSON.parse(out).messages[0]
    expect(fields.at(-1).name).toBe('args')
    return out
  }

  test.each([
    ['text that begins with NUL, which is a string', '81 6400616263', '["\\u0000abc"]'],
    ['NaN, infinities and undefined, which are null', '84 f97e00 f97c00 f9fc00 f7', '[null,null,null,null]'],
    ['-0 and integral floats', '83 f98000 f94500 fb7e37e43c8800759c', '[-0.0,5.0,1e+300]'],
    ['integers of any size', '83 1b001fffffffffffff 1bffffffffffffffff c249010000000000000000', null],
    ['keys that are no texts, in pairs', '81 a2 f6 01 fb3ff8000000000000 02', '[[[null,1],[1.5,2]]]'],
    ['a tag and an unassigned simple value', '82 d903e8 01 f8ff', '[1,{"tag":255,"value":null}]'],
    ['bytes', '81 420102', '["\\u0000AQI="]'],
  ])('shows %s', async (_, args, expected) => {
    const out = await argsOf(args)
    const shown = expected ?? '[9007199254740991,18446744073709551615,18446744073709551616]'
    expect(out).toContain(`"name":"args","kind":"array","start":8,"end":${8 + unhex(args).length},`)
    expect(out).toContain(`"value":${shown}}],"error":null`)
  })

  test('has nothing that a terminal obeys', async () => {
    const text = hex(utf8(STEERING))
    const out = await argsOf(`81 ${(0x60 + text.length / 2).toString(16)}${text}`)
    expect(JSON.parse(out).messages[0].fields.at(-1).value).toEqual([STEERING])
    expect(out).not.toMatch(/[\x7f-\x9f\u202e]/)
  })

  test('leaves what a recorder wrote as it is: deep, large, or with NUL', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const notes = `"t":1700000000123456789,"client":"\\u0000x","x":1e400,"deep":${deep}`
    const stdin = `{"serializer":"cbor","hex":"82182309",${notes}}\n`
    const { code, out } = await runHere(['inspect', '--json'], { stdin })
    expect(code).toBe(0)
    expect(out.startsWith(`{"frames":[{"n":1,${notes},"serializer":"cbor","guess":null`)).toBe(true)
  })
})

test('white space between the tokens of a line is none of what a text escapes', async () => {
  const stdin = '{"serializer":"cbor","hex":"82182309",\t"x":[1,\t2,\r"\\t"]}\n'
  const inspected = await runHere(['inspect', '--json'], { stdin })
  expect(JSON.parse(inspected.out).frames[0].x).toEqual([1, 2, '\t'])
  const converted = await runHere(['convert', '--to', 'json'], { stdin, stdoutIsTty: true })
  expect(JSON.parse(converted.out)).toEqual({ serializer: 'json', hex: '5b33352c395d', x: [1, 2, '\t'] })
})

test('a line with a text of many letters is read', async () => {
  const note = `${'a'.repeat(10_000_000)}\\"${'b'.repeat(10)}`
  const stdin = `{"serializer":"cbor","hex":"82182309","note":"${note}"}\n`
  const { code, out } = await runHere(['convert', '--to', 'json'], { stdin })
  expect(code).toBe(0)
  expect(out === `{"serializer":"json","hex":"5b33352c395d","note":"${note}"}\n`).toBe(true)
})

test('a Map is shown with its entries', async () => {
  const { out } = await runHere([
    'inspect',
    '--hex',
    publishOf('81 a3 f6 01 fb3ff8000000000000 02 81 01 6161'),
  ])
  expect(out).toMatch(/args +\[\{null: 1, 1\.5: 2, \[1\]: "a"\}\]\n/)
})

test.each(['\x1e[35,9]\x1e', '\x1e', '\x18[35,9]\x18', '[35,9]\x1e\x1e'])(
  'a batch with an empty message has a report: %j',
  (text) => {
    const { messages } = reportFrame(codec, utf8(text), 'json.batched')
    const last = messages.at(-1)
    expect(last?.error).toMatchObject({ code: 'BATCH_LENGTH', offset: text.startsWith('[') ? 7 : 0 })
  },
)

describe('a report does not grow beyond its frame', () => {
  test('where FlatBuffers name one text again and again', async () => {
    const exclude_authid = Array.from({ length: 2000 }, () => 'x')
    const json = JSON.stringify([16, 1, { exclude_authid: [...exclude_authid, 'y'.repeat(20_000)] }, 'a.b'])
    const message = codec.serializer('json').decode(json)
    const frame = codec.serializer('flatbuffers').encode(message).slice()
    // All offsets of the list lead to its last text.
    const view = new DataView(frame.buffer)
    const vector = frame.findIndex((_, i) => i % 4 === 0 && view.getUint32(i, true) === 2001)
    const last = vector + 4 + 4 * 2000
    const text = last + view.getUint32(last, true)
    for (let at = vector + 4; at < last; at += 4) view.setUint32(at, text - at, true)
    const { code, bytes } = await runHere(['inspect', '--json', '--serializer', 'flatbuffers'], {
      stdin: frame,
    })
    expect(code).toBe(1)
    expect(bytes.length).toBeLessThan(100 * frame.length)
  })

  test('where one line of a session is long', () => {
    const long = hex(utf8(`[32,1,{},"${'a'.repeat(300_000)}"]`))
    const lines = [`{"serializer":"json","hex":"${long}","client":"${'c'.repeat(300_000)}"}`]
    for (let i = 0; i < 1500; i++) lines.push('{"serializer":"cbor","hex":"82182309"}')
    // All of them padded to the longest would be 900 MB.
    const args = ['--max-old-space-size=150', builtMain(), 'inspect']
    const { status, stdout } = spawnSync(process.execPath, args, { input: lines.join('\n') })
    expect(status).toBe(0)
    expect(stdout.length).toBeLessThan(300_000)
  })
})

describe('convert', () => {
  const NOTES = '"t":1700000000123456789,"x":1e400,"__proto__":{"hex":"00"},"a":[{"serializer":"x"}]'

  test('leaves every other field of a line as it was written', async () => {
    const stdin = `{ "hex" : "82182309" , ${NOTES}, "serializer":"cbor" }\r\n{"hex":"5b33352c395d",${NOTES}}\n`
    const all = await runHere(['convert', '--to', 'json'], { stdin })
    const line = (hex: string): string => `{"hex":"${hex}",${NOTES},"serializer":"json"}\n`
    expect(all).toMatchObject({ code: 0, out: line('5b33352c395d').repeat(2) })
    const some = await runHere(['convert', '--from', 'json', '--to', 'msgpack'], { stdin })
    const [untouched] = stdin.split('\r\n')
    expect(some.out).toBe(`${untouched}\n{"hex":"922309",${NOTES},"serializer":"msgpack"}\n`)
  })

  test('steers no terminal, and writes to files what there is', async () => {
    const text = hex(utf8(STEERING))
    const frame = publishOf(`81 ${(0x60 + text.length / 2).toString(16)}${text}`)
    const args = ['convert', '--to', 'json', '--hex', frame]
    const onTerminal = await runHere(args, { stdoutIsTty: true })
    expect(onTerminal.out).toBe('[16,1,{},"a.b",["\\u009b31m\\u202e"]]\n')
    expect((await runHere(args)).out).toBe(`[16,1,{},"a.b",["${STEERING}"]]`)
    const stdin = `{"serializer":"cbor","hex":"82182309","note":"${STEERING}"}\n`
    const session = await runHere(['convert', '--to', 'json'], { stdin, stdoutIsTty: true })
    expect(session.out).toBe('{"serializer":"json","hex":"5b33352c395d","note":"\\u009b31m\\u202e"}\n')
  })

  test.each(['HELLO', 'WELCOME'])(
    'takes roles of %s with and without features to FlatBuffers',
    async (type) => {
      for (const role of ['{}', '{"features":{}}', '{"features":{"x":true}}']) {
        const frame =
          type === 'HELLO' ? `[1,"r",{"roles":{"caller":${role}}}]` : `[2,1,{"roles":{"dealer":${role}}}]`
        const stdin = `{"serializer":"json","hex":"${hex(utf8(frame))}"}\n`
        const { code, error } = await runHere(['convert', '--to', 'flatbuffers'], { stdin })
        expect({ code, error }).toEqual(
          role.includes('x')
            ? { code: 1, error: expect.stringContaining('would lose roles') }
            : { code: 0, error: 'converted 1 frame to flatbuffers\n' },
        )
      }
    },
  )
})

test('what is quoted in an error cannot steer the terminal', async () => {
  const stdin = `{"serializer":"cb${STEERING}","hex":"82182309"}\n`
  const { code, error } = await runHere(['inspect'], { stdin })
  expect(code).toBe(2)
  expect(error).toContain('unknown serializer "cb\\u009b31m\\u202e"')
})

test.skipIf(!existsSync('/dev/full'))('an output that is full is named, without a stack', () => {
  const command = `"${process.execPath}" "${builtMain()}" inspect --hex 82182309 > /dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', command])
  expect({ status, error: stderr.toString() }).toEqual({
    status: 2,
    error: 'wamp-codec: cannot write standard output: no space left on device\n',
  })
})
