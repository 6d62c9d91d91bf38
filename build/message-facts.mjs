/** What the generators of build/classes.mjs know of each message: its table, comments, and names made of its name. */
import { importTypeScript } from './import-typescript.mjs'
import { readComments } from './message-comments.mjs'

export const { ENUMERATIONS } = await importTypeScript('src/message/tables/enumerations.ts')

/** The types of enumerations by their kinds: `CancelMode` of cancelMode. */
export const WORD_TYPES = Object.fromEntries(
  Object.keys(ENUMERATIONS).map((kind) => [kind, kind[0].toUpperCase() + kind.slice(1)]),
)

const POSITION_TYPES = {
  id: ['number', 'an id (0 to 2^53)'],
  requestType: ['number', null],
  uri: ['string', 'a URI'],
  realm: ['string | null', 'a URI or null'],
  text: ['string', 'a string'],
  dict: ['Record<string, unknown>', 'a dictionary'],
}

const OPTION_TYPES = {
  ...{ id: 'number', int: 'number', uint: 'number', count: 'number', bool: 'boolean' },
  ...{ text: 'string', textOrNull: 'string', uri: 'string', ints: 'number[]', texts: 'string[]' },
  ...{ dict: 'Record<string, unknown>', dictOrNull: 'Record<string, unknown>' },
  ...{ clientRoles: 'ClientRoles', routerRoles: 'RouterRoles' },
  ...WORD_TYPES,
}

/** Types of what `from` is given whose names differ from the usual: the answer of a dealer is an ERROR again. */
const DETAILS = { ERROR: 'ErrorAnswer' }

/** `Published` of PUBLISHED. Two names would be those of classes of JavaScript, and get `Message` at their end. */
const classNameOf = (name) => titleOf(name) + (['ERROR', 'EVENT'].includes(name) ? 'Message' : '')
const titleOf = (name) =>
  name.replaceAll(/_?([A-Z])([A-Z]*)/g, (_, first, rest) => first + rest.toLowerCase())

/** The file of a class, without its extension: `event-received`. */
const fileOf = (className) => className.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase()

/** The facts of all messages in the order of the tables. Throws Error for an attribute without a comment. */
export async function readFacts() {
  const { TABLES } = await importTypeScript('src/message/tables.ts')
  const { checkTables } = await importTypeScript('src/message/table-checks.ts')
  const { KINDS } = await importTypeScript('src/message/kinds.ts')
  const { REQUEST_TYPES, FORWARDING_KEYS, PAYLOAD_KEYS } = await importTypeScript('src/message/table.ts')
  checkTables(TABLES)
  const requestTypes = `one of ${REQUEST_TYPES.join(', ').replace(/, (?=\d+$)/, ' and ')}`
  /** Fields below this belong to the mixins, by category. */
  const mixed = { 1: 0, 3: FORWARDING_KEYS.length, 4: PAYLOAD_KEYS.length }
  const comments = readComments()
  return TABLES.map((table) => factsOf(table, comments, { kinds: KINDS, requestTypes, mixed }))
}

function factsOf(table, comments, { kinds, requestTypes, mixed }) {
  const { name, category, positions, options } = table
  const comment = comments.get(name)
  if (comment === undefined || comment === null) throw new Error(`${name} has no comment`)
  const textOf = (key) => {
    const row = comment.rows.get(key)
    if (row === undefined) throw new Error(`${key} of ${name} has no comment before its row`)
    return row
  }
  const places = positions.flatMap(({ attribute, kind, isInterned, absent }, i) => {
    if (kind.startsWith('options')) return []
    const [type, expected] = POSITION_TYPES[kind]
    const row = textOf(attribute)
    const doc = `${row.text} Element ${i + 1} of the list: ${expected ?? requestTypes}.${source(row)}`
    return [{ attribute, kind, isInterned, absent, type, doc }]
  })
  const isPosition = ({ attribute }) => places.some((place) => place.attribute === attribute)
  const own = options
    .slice(mixed[category])
    .filter((option) => !isPosition(option))
    .map(({ attribute, key, kind, absent, isRequired }) => {
      const row = textOf(key)
      const type = OPTION_TYPES[kind] + (absent === null && !isRequired ? ' | null' : '')
      const doc = `${row.text} Key \`${key}\`: ${kinds[kind].expected}.${source(row)}`
      return { attribute, key, kind, type, isRequired, doc }
    })
  const className = classNameOf(name)
  return {
    ...{ table, name, className, title: titleOf(name), file: fileOf(className), tableFile: comment.file },
    ...{ doc: `${comment.text}${source(comment)}`, sentence: comment.text.replace(/^\w+: /, '') },
    ...{ places, own, from: fromComment(table, comment) },
    details:
      table.from === null || options.length === 0 ? null : (DETAILS[name] ?? `${titleOf(name)}Details`),
  }
}

/** The comment of what the message is made from. Throws Error for one that says too little. */
function fromComment({ name, from, options, positions }, comment) {
  if (from === null) return null
  if (comment.from === null) throw new Error(`from of ${name} has no comment`)
  const { tags } = comment.from
  if (options.length > 0 && tags.every(([tag]) => tag !== 'details')) {
    throw new Error(`the comment of from of ${name} has no @details`)
  }
  const names = [...options, ...positions].map(({ attribute }) => attribute)
  for (const [tag, text] of tags) {
    const [attribute] = text.split(' ')
    if (tag === 'given' && !names.includes(attribute))
      throw new Error(`@given of ${name}: there is no ${attribute}`)
  }
  return comment.from
}

/** The sentence that names where an attribute is specified. */
function source({ tags }) {
  const [, section] = tags.find(([tag]) => tag === 'see') ?? []
  if (section === undefined) return ''
  return section === 'autobahn' ? ' An extension of autobahn.' : ` Specification: "${section}".`
}
