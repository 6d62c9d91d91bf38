/**
 * The arguments of our own API: options by their names, and the errors for wrong use. What a peer sends is checked
 * elsewhere. Every file may import this one; it imports nothing.
 */

/** A value in words, for an error. */
export function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? 'a string' : JSON.stringify(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'boolean':
      return String(value)
    case 'bigint':
      return `${value}n`
    case 'object':
      return objectName(Object.prototype.toString.call(value).slice(8, -1))
    case 'undefined':
      return 'undefined'
    default:
      return `a ${typeof value}`
  }
}

/** An object in words, by its tag. */
function objectName(tag: string): string {
  if (tag === 'Uint8Array') return 'bytes'
  // What a WebSocket of a browser gives by default.
  if (tag === 'Blob') return "a Blob; set `binaryType = 'arraybuffer'`"
  return /^(?:Promise|DataView|\w+Array)$/.test(tag)
    ? `${/^[AEIOU]/.test(tag) ? 'an' : 'a'} ${tag}`
    : 'a dictionary'
}

/** The error for an argument of the wrong type: `encode: expected a Message, got an array`. */
export function wrongArgument(where: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${where}: expected ${expected}, got ${nameOf(value)}`)
}

/** True for an object that may hold options or attributes: no list, no function. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The error for what a codec does only with a tool that it was made without: `codec.trace needs a tool: import
 * { dissect } ...`. A file of src/tools has the name of its tool, in kebab-case.
 */
export function missingTool(what: string, tool: string): TypeError {
  const place = `'wamp-codec/tools/${tool}'`
  return new TypeError(`${what} needs a tool: createCodec({ tools: [${tool}] }), with ${tool} from ${place}`)
}

/** The error for the name of a serializer or format that is not among the known ones. */
export function unknownId(
  kind: string,
  id: unknown,
  known: readonly { readonly name: string }[],
): RangeError {
  return new RangeError(
    `unknown ${kind} ${nameOf(id)}; known are ${known.map(({ name }) => name).join(', ')}`,
  )
}

/** The error for a name that is not among the known ones. */
export function unknownName(where: string, kind: string, name: string, known: Iterable<string>): TypeError {
  return new TypeError(`${where}: unknown ${kind} ${name}; known are ${[...known].join(', ')}`)
}

/**
 * Throws TypeError unless `options` is an object that has only known options: a misspelled one would be ignored. An
 * option that is undefined is absent, whatever its name.
 */
export function checkOptions(where: string, options: unknown, known: readonly string[]): void {
  if (!isObject(options)) throw wrongArgument(where, 'an object with options', options)
  for (const name of Object.keys(options as object)) {
    // Those that are known are read where they are used, once.
    if (known.includes(name) || (options as Readonly<Record<string, unknown>>)[name] === undefined) continue
    throw unknownName(where, 'option', name, known)
  }
}

/** True for a property that an object inherits from `Object.prototype` alone, where code has added it. */
export function isStray(object: object, name: string): boolean {
  let at: object | null = object
  while (at !== null && at !== Object.prototype) {
    if (Object.hasOwn(at, name)) return false
    at = Object.getPrototypeOf(at)
  }
  return true
}
