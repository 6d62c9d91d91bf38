/**
 * URI rules for values in JavaScript: those that applications set, and the few in options. URIs of frames are
 * classified by the kernel (assembly/uri.ts), with the same patterns. Source: WAMP specification, "URIs".
 */
import { nameOf } from '../arguments.ts'
import {
  URI_LOOSE,
  URI_LOOSE_PREFIX,
  URI_LOOSE_WILDCARD,
  URI_STRICT,
  URI_STRICT_PREFIX,
  URI_STRICT_WILDCARD,
} from '../kernel/abi.ts'

/** Which rules a codec keeps. */
export type UriRules = 'loose' | 'strict' | 'none'

/** How a URI is used: as it is, or as a pattern whose last or any component may be empty. */
export type UriPattern = 'exact' | 'prefix' | 'wildcard'

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: white space to other peers, but not in \s
const PATTERNS: Readonly<Record<UriRules, Readonly<Record<UriPattern, RegExp>>>> = {
  loose: {
    exact: /^[^\s\u0085\u001c-\u001f.#]+(?:\.[^\s\u0085\u001c-\u001f.#]+)*$/u,
    prefix: /^(?:[^\s\u0085\u001c-\u001f.#]+\.)*[^\s\u0085\u001c-\u001f.#]*$/u,
    wildcard: /^[^\s\u0085\u001c-\u001f#]*$/u,
  },
  strict: {
    exact: /^[0-9a-z_]+(?:\.[0-9a-z_]+)*$/,
    prefix: /^(?:[0-9a-z_]+\.)*[0-9a-z_]*$/,
    wildcard: /^[0-9a-z_.]*$/,
  },
  none: { exact: /^/, prefix: /^/, wildcard: /^/ },
}
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** The bit that the kernel sets for each of these. */
const CLASSES = {
  loose: { exact: URI_LOOSE, prefix: URI_LOOSE_PREFIX, wildcard: URI_LOOSE_WILDCARD },
  strict: { exact: URI_STRICT, prefix: URI_STRICT_PREFIX, wildcard: URI_STRICT_WILDCARD },
} as const

/**
 * True for a text that keeps the rules. Loose: components without white space and `#`; strict: of `a-z`, `0-9` and `_`
 * only. A prefix may end in an empty component, a wildcard pattern may have empty ones anywhere. Throws RangeError for
 * unknown rules and patterns.
 */
export function isUri(text: string, rules: UriRules = 'loose', pattern: UriPattern = 'exact'): boolean {
  const patterns = typeof rules === 'string' ? PATTERNS[rules] : undefined
  const expression = typeof pattern === 'string' ? patterns?.[pattern] : undefined
  if (!(expression instanceof RegExp)) {
    const known = 'loose, strict or none for exact, prefix or wildcard'
    throw new RangeError(`isUri: expected the rules ${known}, got ${nameOf(rules)} for ${nameOf(pattern)}`)
  }
  if (typeof text !== 'string') return false
  if (isPlainUri(text)) return true
  // JavaScript takes U+FEFF for white space, Unicode does not: here it is like any other character.
  return expression.test(text.replaceAll('\ufeff', '-')) && text.isWellFormed()
}

/**
 * True for most URIs that there are, which keep all rules; a loop over them takes a third of the expression's time.
 *
 * @internal
 */
export function isPlainUri(text: string): boolean {
  // A dot in front would begin with an empty component, and so does one behind another.
  let isOpen = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isName = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
    if (!isName && (code !== 0x2e || !isOpen)) return false
    isOpen = isName
  }
  return isOpen
}

/** The same for a URI that the kernel has classified. @internal */
export function isUriClass(classes: number, rules: UriRules, pattern: UriPattern): boolean {
  return rules === 'none' || (classes & CLASSES[rules][pattern]) !== 0
}

const ALL_CLASSES =
  URI_LOOSE | URI_LOOSE_PREFIX | URI_LOOSE_WILDCARD | URI_STRICT | URI_STRICT_PREFIX | URI_STRICT_WILDCARD

/** What the kernel says of a URI: the bits of all patterns that it keeps. @internal */
export function uriClasses(text: string): number {
  if (isPlainUri(text)) return ALL_CLASSES
  let classes = 0
  for (const rules of ['loose', 'strict'] as const) {
    for (const pattern of ['exact', 'prefix', 'wildcard'] as const) {
      if (isUri(text, rules, pattern)) classes |= CLASSES[rules][pattern]
    }
  }
  return classes
}

const STANDALONE = /^[A-Za-z][A-Za-z0-9_\-@.]{2,254}$/
const ETHEREUM = /^0x[0-9a-fA-F]{40}$/
const ENS = /^[a-z0-9_\-@.]{2,254}\.eth$/
const REVERSE_ENS = /^eth\.[a-z0-9_\-@.]{2,254}$/

/** What kind of realm name a text is. */
export type RealmKind = 'standalone' | 'ethereum' | 'ens'

/**
 * The kind of a realm name, or null when it is none: a name of 3 to 255 letters, digits and `_-@.` that starts with a
 * letter; an Ethereum address, `0x` and 40 hexadecimal digits; or an ENS name, `name.eth` or reversed `eth.name`.
 * The codec itself asks only for a URI; routers call this for the realms that they offer.
 */
export function realmKind(name: string): RealmKind | null {
  if (typeof name !== 'string') return null
  if (ETHEREUM.test(name)) return 'ethereum'
  if (ENS.test(name) || REVERSE_ENS.test(name)) return 'ens'
  return STANDALONE.test(name) ? 'standalone' : null
}
