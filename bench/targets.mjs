/**
 * What is demanded of which cases: at least so many times a contender, or at most so much in the unit of the case. The
 * contender is `best` (the best peer), a contender by its name, or a library, of which the faster variant counts.
 */

/** The library that figures for users name, by format. */
const RIVALS = { cbor: 'cbor-x', msgpack: 'msgpackr', json: 'JSON' }
const FORMATS = Object.keys(RIVALS)

/** Names of cases -> ratios to these libraries for CBOR, MsgPack and JSON. */
const TO_RIVALS = {
  'lazy-decode/eager/FORMAT/event-100b-mixed/varied': [3.2, 2.1, 3.2],
  'lazy-decode/eager/FORMAT/event-1k-mixed/varied': [8, 8, 5],
  'lazy-decode/eager/FORMAT/event-1k-cjk/varied': [2.5, 2.3, 1.9],
  'full-decode/at-decode/FORMAT/event-100b-mixed/varied': [1.45, 1.2, 1.8],
  'full-decode/FORMAT/event-100b-mixed/varied': [1.25, 1.05, 1.5],
  'full-decode/at-decode/FORMAT/event-{1k,16k}-mixed/varied': [1.45, 1.4, 1.5],
  'full-decode/at-decode/FORMAT/event-1k-{latin,cjk,emoji}/varied': [1, 1, 0.85],
  'full-decode/at-decode/FORMAT/event-1k-numbers/varied': [1.2, 1.15, 0.9],
  'full-decode/at-decode/FORMAT/event-1k-dictionary/varied': [1.5, 1.5, 1.5],
  'one-field/eager/FORMAT/event-16k-mixed/varied': [7, 7, 5],
  'lists/decode/FORMAT/event-100b-mixed/varied': [1.7, 1.25, 2],
  'full-encode/FORMAT/event-100b-mixed/varied': [1.1, 1, 1.1],
  'full-encode/FORMAT/event-1k-mixed/varied': [1.9, 1.6, 1.1],
  'full-encode/FORMAT/event-16k-mixed/varied': [2.3, 1.9, 1.2],
  'full-encode/FORMAT/event-1k-{cjk,numbers}/varied': [1.1, 1.2, 0.95],
  'lists/encode/FORMAT/event-100b-mixed/varied': [1.5, 1.35, 1.4],
  'forward/FORMAT/publish-100b-mixed/varied': [3, 2.4, 2.3],
  'forward/FORMAT/publish-1k-mixed/varied': [12, 12, 7],
  'forward/FORMAT/publish-16k-mixed/varied': [15, 15, 15],
  'forward-parts/FORMAT/publish-1k-mixed/varied': [15, 15, 15],
  'fan-out/parts/FORMAT/publish-100b-mixed/varied': [15, 15, 12],
  'fan-out/parts/FORMAT/publish-1k-mixed/varied': [50, 50, 50],
  'fan-out/bytes/FORMAT/publish-1k-mixed/varied': [25, 25, 25],
}

/** Names of cases -> a ratio to a contender. */
const RATIOS = [
  ['full-decode/at-decode/{cbor,msgpack}/event-100b-mixed/varied', 'json-pack', 1.1],
  ['full-decode/at-decode/{cbor,msgpack}/event-{1k,16k}-mixed/varied', 'json-pack', 1.2],
  ['lists/decode/{cbor,msgpack}/event-{100b,1k,16k}-mixed/varied', 'json-pack', 1.2],
  ['one-field/decoded/{cbor,msgpack}/event-{1k,16k}-mixed/varied', 'json-pack', 1.2],
  ['one-field/eager/{cbor,msgpack}/event-{1k,16k}-mixed/varied', 'json-pack', 0.55],
  ['full-encode/{cbor,msgpack}/event-100b-mixed/varied', 'json-pack', 0.9],
  ['full-encode/{cbor,msgpack}/event-{1k,16k}-mixed/varied', 'json-pack', 1.1],
  ['lists/encode/{cbor,msgpack}/event-100b-mixed/varied', 'json-pack', 1.05],
  ['lists/encode/{cbor,msgpack}/event-{1k,16k}-mixed/varied', 'json-pack', 1.15],
  ['lists/{decode,encode}/{cbor,msgpack,json-text}/{event,call}-100b-mixed/varied', 'value codec', 0.67],
  ['full-decode/{cbor,msgpack}/event-1k-{ascii,latin,cjk,emoji}/varied', 'bare', 5],
  ['full-decode/cbor/event-1k-mixed/varied', 'autobahn', 25],
  ['full-decode/msgpack/event-1k-mixed/varied', 'autobahn', 12],
  ['transcode/{eager,deferred}/{cbor-msgpack,msgpack-cbor}/publish-100b-mixed/varied', 'best', 3],
  ['transcode/eager/{cbor-msgpack,msgpack-cbor}/publish-1k-mixed/varied', 'best', 5],
  ['transcode/eager/{cbor-json,json-cbor,msgpack-json,json-msgpack}/publish-1k-mixed/varied', 'best', 3],
  ['transcode/deferred/{cbor-msgpack,msgpack-cbor}/publish-1k-mixed/varied', 'best', 8],
  ['transcode/deferred/{cbor-json,json-cbor,msgpack-json,json-msgpack}/publish-1k-mixed/varied', 'best', 5],
  ['transcode/eager/{cbor-json,json-cbor,msgpack-json,json-msgpack}/publish-1k-numbers/varied', 'best', 2],
  ['transcode/deferred/{cbor-json,json-cbor,msgpack-json,json-msgpack}/publish-1k-numbers/varied', 'best', 3],
  ['flatbuffers-read/opaque/{event,publish}-{none,100b-mixed,1k-mixed,16k-mixed}/varied', 'best', 1.8],
  ['flatbuffers-read/{nested,deferred}/{event,publish}-none/varied', 'best', 1.8],
  ['flatbuffers-read/nested/{event,publish}-100b-mixed/varied', 'best', 5],
  ['flatbuffers-read/nested/{event,publish}-1k-mixed/varied', 'best', 8],
  ['flatbuffers-read/nested/{event,publish}-16k-mixed/varied', 'best', 9],
  ['flatbuffers-read/deferred/{event,publish}-100b-mixed/varied', 'best', 8],
  ['flatbuffers-read/deferred/{event,publish}-1k-mixed/varied', 'best', 40],
  ['flatbuffers-read/deferred/{event,publish}-16k-mixed/varied', 'best', 400],
  ['flatbuffers-build/{nested,opaque}/{event,publish}-none/varied', 'best', 5],
  ['flatbuffers-build/nested/{event,publish}-100b-mixed/varied', 'best', 5],
  ['flatbuffers-build/nested/{event,publish}-1k-mixed/varied', 'best', 8],
  ['flatbuffers-build/nested/{event,publish}-16k-mixed/varied', 'best', 25],
  ['flatbuffers-build/opaque/{event,publish}-100b-mixed/varied', 'best', 6],
  ['flatbuffers-build/opaque/{event,publish}-1k-mixed/varied', 'best', 14],
  ['flatbuffers-build/opaque/{event,publish}-16k-mixed/varied', 'best', 30],
]

/** Names of cases -> at most so much. */
const LIMITS = [['memory/routed/{cbor,msgpack,json}/publish-{1k,16k}-mixed/repeated', 1023]]

/** Every name that a pattern stands for: `a-{b,c}` is `a-b` and `a-c`. */
export function expand(pattern) {
  const braces = /\{([^}]*)\}/.exec(pattern)
  if (braces === null) return [pattern]
  return braces[1].split(',').flatMap((part) => expand(pattern.replace(braces[0], part)))
}

/** The list codec gives and takes JSON as text where it writes. */
const nameOf = (pattern, format) =>
  pattern.replace('FORMAT', pattern.startsWith('lists/encode') && format === 'json' ? 'json-text' : format)

function* demands() {
  for (const [pattern, ratios] of Object.entries(TO_RIVALS))
    for (const [i, atLeast] of ratios.entries()) {
      const format = FORMATS[i]
      yield [nameOf(pattern, format), { atLeast, against: RIVALS[format] }]
    }
  for (const [pattern, against, atLeast] of RATIOS) yield [pattern, { atLeast, against }]
  for (const [pattern, atMost] of LIMITS) yield [pattern, { atMost }]
}

const targets = new Map()
for (const [pattern, target] of demands())
  for (const name of expand(pattern)) targets.set(name, [...(targets.get(name) ?? []), target])

/** The targets of a case; most have none. */
export const targetsOf = (name) => targets.get(name) ?? []

/** The names of all cases that have one. */
export const withTarget = () => [...targets.keys()]
