/** `codec.lists` encodes under the options of its codec: what its own decode keeps, and nothing that it refuses. */
import { describe, expect, test } from 'vitest'
import { type CodecOptions, createCodec, InvalidUriError, PayloadRuleError } from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { anyList } from './generate.ts'
import { verdictOf } from './verdict.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const LISTS = isDeep ? 300_000 : 6000
const seed = isDeep ? Number(process.env.WAMP_CODEC_FUZZ_SEED) || Date.now() % 2 ** 32 : 20_261_130

const BYTES = Uint8Array.of(1)
const ENC = { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' }

const listsOf = (policy: CodecOptions) => createCodec(policy).lists('json')

describe('what decode refuses is refused', () => {
  test.each<[policy: CodecOptions, list: unknown[], text: string]>([
    [
      { uri: 'strict' },
      [16, 7, {}, 'Com.A-b'],
      'cannot parse PUBLISH: expected a URI by the strict rules for topic, got "Com.A-b"',
    ],
    [{ uri: 'strict' }, [1, 'A', { roles: { caller: {} } }], 'by the strict rules for realm, got "A"'],
    [{ uri: 'strict' }, [69, 1, { reason: 'A' }], 'by the strict rules for reason, got "A"'],
    [
      { uri: 'strict' },
      [35, 0, { subscription: 3, reason: 'A' }],
      'cannot parse UNSUBSCRIBED: expected a URI by the strict rules for reason, got "A"',
    ],
    [{ uri: 'strict' }, [64, 7, { match: 'prefix' }, 'A.'], 'by the strict rules for procedure, got "A."'],
    [
      { payloadRules: 'strict' },
      [48, 7, { enc_algo: 'cryptobox' }, 'a.b', BYTES],
      'cannot parse CALL: a payload needs enc_algo, enc_key and enc_serializer: enc_key is missing',
    ],
    [{ payloadRules: 'strict' }, [48, 7, {}, 'a.b', BYTES], 'enc_algo is missing'],
    [{ unknownKeys: 'refuse' }, [16, 1, { zz: 1 }, 'a'], 'cannot parse PUBLISH: unknown key "zz"'],
    [{ unknownKeys: 'refuse' }, [16, 1, { x_a: 1 }, 'a'], 'cannot parse PUBLISH: unknown key "x_a"'],
  ])('under %o: %j', (policy, list, text) => {
    expect(() => listsOf(policy).encode(list)).toThrow(text)
    const frame = createCodec().lists('json').encode(list)
    const { error } = verdictOf(() => listsOf(policy).decode(frame)) as { error: { code: string } }
    const request = [35, 1].includes(list[0] as number) ? {} : { request: list[1], messageType: list[0] }
    expect(() => listsOf(policy).encode(list)).toThrow(
      expect.objectContaining({ code: error.code, ...request }),
    )
  })

  test('with the class of its error', () => {
    expect(() => listsOf({ uri: 'strict' }).encode([16, 7, {}, 'A'])).toThrow(InvalidUriError)
    const list = [48, 7, { enc_algo: 'cryptobox' }, 'a.b', BYTES]
    expect(() => listsOf({ payloadRules: 'strict' }).encode(list)).toThrow(PayloadRuleError)
  })
})

describe('what decode keeps is written', () => {
  test.each<[policy: CodecOptions, list: unknown[], frame: string]>([
    [{ uri: 'none' }, [16, 7, {}, 'a b'], '[16,7,{},"a b"]'],
    [{ uri: 'none' }, [16, 7, { x_a: 1 }, 'a b'], '[16,7,{"x_a":1},"a b"]'],
    [{ uri: 'none' }, [64, 7, {}, 'a..b'], '[64,7,{},"a..b"]'],
    [{ uri: 'none' }, [69, 1, { reason: 'a b' }], '[69,1,{"reason":"a b"}]'],
    [{ uri: 'none' }, [3, {}, ''], '[3,{},""]'],
    [{ uri: 'none' }, [1, 'a b', { roles: { caller: {} } }], '[1,"a b",{"roles":{"caller":{}}}]'],
    [{ uri: 'none' }, [67, 0, { registration: 3, reason: '#' }], '[67,0,{"reason":"#","registration":3}]'],
    [{ uri: 'strict' }, [16, 7, {}, 'com.a_b.9'], '[16,7,{},"com.a_b.9"]'],
    [{ uri: 'strict' }, [64, 7, { match: 'prefix' }, 'a.'], '[64,7,{"match":"prefix"},"a."]'],
    [{ unknownKeys: 'drop' }, [16, 1, { zz: 1, x_a: 1, retain: true }, 'a'], '[16,1,{"retain":true},"a"]'],
    [{ unknownKeys: 'custom' }, [16, 1, { zz: 1, x_a: 1, _b: 2 }, 'a'], '[16,1,{"x_a":1,"_b":2},"a"]'],
    [{ unknownKeys: 'refuse' }, [16, 1, { zz: undefined }, 'a'], '[16,1,{},"a"]'],
    [
      { payloadRules: 'strict' },
      [48, 7, ENC, 'a.b', BYTES],
      '[48,7,{"enc_algo":"cryptobox","enc_key":"k","enc_serializer":"cbor"},"a.b","\\u0000AQ=="]',
    ],
    [
      { payloadRules: 'strict' },
      [48, 7, { ppt_scheme: 'x_a' }, 'a.b', [BYTES]],
      '[48,7,{"ppt_scheme":"x_a"},"a.b",["\\u0000AQ=="]]',
    ],
  ])('under %o: %j', (policy, list, frame) => {
    const lists = listsOf(policy)
    expect(lists.encode(list)).toBe(frame)
    expect(lists.encode(lists.decode(frame))).toBe(frame)
  })

  test('the options of the list codec stand for those of its codec', () => {
    const codec = createCodec({ uri: 'strict' })
    expect(codec.lists('json', { uri: 'none' }).encode([16, 7, {}, 'a b'])).toBe('[16,7,{},"a b"]')
    expect(() => codec.lists('json', { uri: 'loose' }).encode([16, 7, {}, 'a b'])).toThrow(InvalidUriError)
  })

  test('no text is a URI that its format cannot carry, whatever the rules', () => {
    const lists = listsOf({ uri: 'none' })
    expect(() => lists.encode([16, 7, {}, '\0a'])).toThrow('text that begins with NUL has no JSON form')
    expect(() => lists.encode([16, 7, {}, '\ud800'])).toThrow('the text has a lone surrogate')
    expect(() => lists.encode([16, 7, {}, 5])).toThrow('expected a URI for topic, got 5')
  })
})

const POLICIES: readonly CodecOptions[] = [
  { uri: 'strict' },
  { uri: 'none' },
  { payloadRules: 'strict', unknownKeys: 'custom' },
  { unknownKeys: 'refuse', uri: 'strict' },
  { unknownKeys: 'drop', peers: 'lenient' },
]

const rows = (['json', 'cbor'] as const).flatMap((id) => POLICIES.map((policy) => ({ id, policy })))

test.each(rows)(
  `what is encoded to $id under $policy is read by the same codec, and the other way round (seed ${seed})`,
  ({ id, policy }) => {
    const lists = createCodec(policy).lists(id)
    const values = createCodec().payload(id)
    const random = createRandom(seed)
    const counts = { written: 0, read: 0 }
    for (let i = 0; i < LISTS; i++) {
      const list = anyList(random) as unknown[]
      const written = verdictOf(() => lists.encode(list))
      if ('value' in written) {
        counts.written++
        const read = verdictOf(() => lists.decode(written.value as Uint8Array))
        if ('error' in read) expect({ list, read }).toEqual({ list, read: 'a list' })
      }
      const frame = verdictOf(() => values.encode(list))
      const read = 'value' in frame ? verdictOf(() => lists.decode(frame.value as Uint8Array)) : frame
      if ('error' in read) continue
      counts.read++
      const again = verdictOf(() => lists.encode(read.value as unknown[]))
      if ('error' in again) expect({ read, again }).toEqual({ read, again: 'a frame' })
    }
    expect(counts.written).toBeGreaterThan(LISTS / 10)
    expect(counts.read).toBeGreaterThan(LISTS / 10)
  },
)
