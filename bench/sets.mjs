/** Sets of cases by name: `named` has those with figures in the documents or targets, and their neighbours. */
import { expand } from './targets.mjs'

const FORMATS = '{cbor,msgpack,json}'

const NAMED = new Set(
  [
    `lazy-decode/eager/${FORMATS}/event-{100b,1k,16k}-mixed/varied`,
    `lazy-decode/eager/${FORMATS}/event-1k-{ascii,latin,cjk,emoji}/varied`,
    `lazy-decode/eager/${FORMATS}/event-16k-cjk/varied`,
    `lazy-decode/eager/${FORMATS}/publish-100b-options/varied`,
    `full-decode/${FORMATS}/event-{100b,1k,16k}-mixed/varied`,
    `full-decode/${FORMATS}/event-1k-{latin,cjk,emoji,numbers,dictionary}/varied`,
    `full-decode/${FORMATS}/{publish,call}-100b-options/varied`,
    `full-decode/at-decode/${FORMATS}/event-{100b,1k,16k}-mixed/varied`,
    `full-decode/at-decode/${FORMATS}/event-1k-{latin,cjk,emoji,numbers,dictionary}/varied`,
    `one-field/eager/${FORMATS}/event-{1k,16k}-mixed/varied`,
    'one-field/decoded/{cbor,msgpack}/event-{1k,16k}-mixed/varied',
    `full-encode/${FORMATS}/event-{100b,1k,16k}-mixed/varied`,
    `full-encode/${FORMATS}/event-1k-{cjk,numbers}/varied`,
    `full-encode/${FORMATS}/{publish,call,result}-100b-mixed/varied`,
    `full-encode/${FORMATS}/{publish,call}-100b-options/varied`,
    'lists/decode/{cbor,msgpack,json}/event-{100b,1k}-mixed/varied',
    'lists/encode/{cbor,msgpack,json-text}/event-{100b,1k}-mixed/varied',
    `forward/${FORMATS}/publish-{100b,1k}-mixed/varied`,
    `fan-out/parts/${FORMATS}/publish-100b-mixed/varied`,
  ].flatMap(expand),
)

/** Whether a case is in a set. */
export const SETS = {
  all: () => true,
  named: (name) => NAMED.has(name),
}

/** The names of the set `named`. */
export const namedCases = () => [...NAMED]
