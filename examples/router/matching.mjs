/**
 * Topics and procedures with their patterns: which entries match a URI. The broker keeps its subscriptions here, the
 * dealer its registrations. WAMP, "Pattern-based Subscriptions" and "Pattern-based Registrations".
 */

/** @typedef {import('wamp-codec').Match} Match */

/**
 * @template T
 * @typedef {{ value: T | undefined, children: Map<string, Node<T>> }} Node wildcard patterns, component by component
 */

/** @template T */
export class PatternTable {
  /** @type {Map<string, T>} */
  #exact = new Map()
  /** @type {Map<string, T>} */
  #prefixes = new Map()
  /** @type {Map<number, number>} How many prefixes have each length. */
  #lengths = new Map()
  /** @type {number[]} Those lengths, the longest first. */
  #longestFirst = []
  /** @type {Node<T>} */
  #wildcards = { value: undefined, children: new Map() }

  /**
   * @param {Match} match
   * @param {string} uri
   * @returns {T | undefined}
   */
  get(match, uri) {
    if (match === 'exact') return this.#exact.get(uri)
    if (match === 'prefix') return this.#prefixes.get(uri)
    let node = /** @type {Node<T> | undefined} */ (this.#wildcards)
    for (const component of uri.split('.')) node = node?.children.get(component)
    return node?.value
  }

  /**
   * @param {Match} match
   * @param {string} uri
   * @param {T} value
   */
  set(match, uri, value) {
    if (match === 'exact') this.#exact.set(uri, value)
    else if (match === 'prefix') {
      if (!this.#prefixes.has(uri)) this.#count(uri.length, 1)
      this.#prefixes.set(uri, value)
    } else {
      let node = this.#wildcards
      for (const component of uri.split('.')) {
        const child = node.children.get(component) ?? { value: undefined, children: new Map() }
        node.children.set(component, child)
        node = child
      }
      node.value = value
    }
  }

  /**
   * @param {Match} match
   * @param {string} uri
   */
  delete(match, uri) {
    if (match === 'exact') this.#exact.delete(uri)
    else if (match === 'prefix') {
      if (this.#prefixes.delete(uri)) this.#count(uri.length, -1)
    } else prune(this.#wildcards, uri.split('.'), 0)
  }

  /**
   * Everything that matches a URI, the most specific first: the URI itself, the longest prefix, the wildcard pattern
   * whose first components are not wild.
   *
   * @param {string} uri
   * @returns {T[]}
   */
  matches(uri) {
    /** @type {T[]} */
    const found = []
    const exact = this.#exact.get(uri)
    if (exact !== undefined) found.push(exact)
    // A lookup for each length that there is, not for each prefix.
    for (const length of this.#longestFirst) {
      const prefix = length <= uri.length ? this.#prefixes.get(uri.slice(0, length)) : undefined
      if (prefix !== undefined) found.push(prefix)
    }
    if (this.#wildcards.children.size > 0) collect(this.#wildcards, uri.split('.'), 0, found)
    return found
  }

  /**
   * @param {number} length
   * @param {1 | -1} change
   */
  #count(length, change) {
    const count = (this.#lengths.get(length) ?? 0) + change
    if (count === 0) this.#lengths.delete(length)
    else this.#lengths.set(length, count)
    this.#longestFirst = [...this.#lengths.keys()].sort((a, b) => b - a)
  }
}

/**
 * Whether a pattern matches a URI, for those who have URIs and get a pattern.
 *
 * @param {Match} match
 * @param {string} pattern
 * @param {string} uri
 */
export function isMatch(match, pattern, uri) {
  if (match === 'exact') return pattern === uri
  if (match === 'prefix') return uri.startsWith(pattern)
  const wanted = pattern.split('.')
  const components = uri.split('.')
  return wanted.length === components.length && wanted.every((one, i) => one === '' || one === components[i])
}

/**
 * @template T
 * @param {Node<T>} node
 * @param {string[]} components
 * @param {number} depth
 * @param {T[]} found
 */
function collect(node, components, depth, found) {
  if (depth === components.length) {
    if (node.value !== undefined) found.push(node.value)
    return
  }
  const literal = node.children.get(/** @type {string} */ (components[depth]))
  if (literal !== undefined) collect(literal, components, depth + 1, found)
  const wild = node.children.get('')
  if (wild !== undefined) collect(wild, components, depth + 1, found)
}

/**
 * Takes a pattern out, and the nodes that only it needed.
 *
 * @template T
 * @param {Node<T>} node
 * @param {string[]} components
 * @param {number} depth
 */
function prune(node, components, depth) {
  if (depth === components.length) {
    node.value = undefined
    return
  }
  const component = /** @type {string} */ (components[depth])
  const child = node.children.get(component)
  if (child === undefined) return
  prune(child, components, depth + 1)
  if (child.value === undefined && child.children.size === 0) node.children.delete(component)
}
