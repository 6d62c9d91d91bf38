/**
 * Subscriptions or registrations by their URIs and patterns: which of them match a URI. WAMP, "Pattern-based
 * Subscriptions" and "Pattern-based Registrations".
 */
/** @import { Entry, Match } from './types.d.ts' */

/**
 * @template T
 * @typedef {{ value?: T | undefined, children: Map<string, Node<T>> }} Node a component of wildcard patterns
 */

/** @template {Entry} T */
export class PatternTable {
  /** @type {Map<string, T>} */
  #exact = new Map()
  /** @type {Map<string, T>} */
  #prefixes = new Map()
  /** @type {Map<number, number>} How many prefixes have each length. */
  #counts = new Map()
  /** @type {number[]} Those lengths, the longest first. */
  #lengths = []
  /** @type {Node<T>} */
  #wildcards = { children: new Map() }

  /** @type {(match: Match, uri: string) => T | undefined} */
  get(match, uri) {
    if (match === 'exact') return this.#exact.get(uri)
    if (match === 'prefix') return this.#prefixes.get(uri)
    /** @type {Node<T> | undefined} */
    let node = this.#wildcards
    for (const component of uri.split('.')) node = node?.children.get(component)
    return node?.value
  }

  /** @param {T} entry */
  add(entry) {
    const { match, uri } = entry
    if (match === 'exact') this.#exact.set(uri, entry)
    else if (match === 'prefix') {
      this.#prefixes.set(uri, entry)
      this.#count(uri.length, 1)
    } else {
      let node = this.#wildcards
      for (const component of uri.split('.')) {
        const child = node.children.get(component) ?? { children: new Map() }
        node.children.set(component, child)
        node = child
      }
      node.value = entry
    }
  }

  /** @param {T} entry */
  delete({ match, uri }) {
    if (match === 'exact') this.#exact.delete(uri)
    else if (match === 'prefix') {
      this.#prefixes.delete(uri)
      this.#count(uri.length, -1)
    } else prune(this.#wildcards, uri.split('.'), 0)
  }

  /**
   * All entries that match a URI, the most specific first: the URI itself, the longest prefix, the wildcard pattern
   * whose first components are not wild.
   *
   * @type {(uri: string) => T[]}
   */
  matches(uri) {
    const found = []
    const exact = this.#exact.get(uri)
    if (exact !== undefined) found.push(exact)
    // A lookup for each length that there is, not for each prefix.
    for (const length of this.#lengths) {
      const prefix = length <= uri.length ? this.#prefixes.get(uri.slice(0, length)) : undefined
      if (prefix !== undefined) found.push(prefix)
    }
    if (this.#wildcards.children.size > 0) collect(this.#wildcards, uri.split('.'), 0, found)
    return found
  }

  /** @type {(length: number, change: number) => void} */
  #count(length, change) {
    const before = this.#counts.get(length) ?? 0
    if (before + change > 0) this.#counts.set(length, before + change)
    else this.#counts.delete(length)
    if (before === 0 || before + change === 0) this.#lengths = [...this.#counts.keys()].sort((a, b) => b - a)
  }
}

/** @type {<T>(node: Node<T>, components: string[], depth: number, found: T[]) => void} */
function collect(node, components, depth, found) {
  if (depth === components.length) {
    if (node.value !== undefined) found.push(node.value)
    return
  }
  for (const component of [components[depth], '']) {
    const child = node.children.get(/** @type {string} */ (component))
    if (child !== undefined) collect(child, components, depth + 1, found)
  }
}

/**
 * Takes a pattern out, and the nodes that only it needed.
 *
 * @type {<T>(node: Node<T>, components: string[], depth: number) => void}
 */
function prune(node, components, depth) {
  const component = components[depth]
  if (component === undefined) {
    node.value = undefined
    return
  }
  const child = node.children.get(component)
  if (child === undefined) return
  prune(child, components, depth + 1)
  if (child.value === undefined && child.children.size === 0) node.children.delete(component)
}
