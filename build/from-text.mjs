/** The text of the static method `from` of a class, and of the type of what it is given. */
import ts from 'typescript'
import { comment, union } from './code-text.mjs'

/** Parameters that have another name than the message. */
const GIVEN = { ERROR: 'answer' }

/** True for a word that cannot be the name of a parameter in a module. */
function isReserved(word) {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, word)
  const kind = scanner.scan()
  return kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastFutureReservedWord
}

/** What stands before the class, the method, and the message that it is made from; nothing for most classes. */
export function fromOf(message, all) {
  const { table, name, className, title, places, from } = message
  if (from === null) return { before: '', method: '', source: null }
  const source = all.find((each) => each.table === table.from.source)
  const word = source.title.toLowerCase()
  const argument = isReserved(word) ? `${word}_` : word
  const given = GIVEN[name] ?? title.toLowerCase()
  const rule = `${name}_OF_${source.name}`
  const ids = places.filter(({ kind }) => kind === 'id').map(({ attribute }) => attribute)
  // Without options, nothing is carried over but the ids of the same name.
  const isBare = table.options.length === 0
  const isTaken = (id) => isBare && source.places.some(({ attribute }) => attribute === id)
  const values = ids.map((id) => `${isTaken(id) ? argument : given}.${id}`)
  if (values.length === 1) values.push('0')
  if (places.some(({ kind }) => kind === 'requestType')) {
    values.push(`requestTypeGiven(${name}, 'request_type', ${given}.request_type)`, `${argument}._error`)
  }
  const type = isBare ? `Pick<${className}, ${union(ids.filter((id) => !isTaken(id)))}>` : message.details
  return {
    before: isBare ? '' : `${detailsOf(message)}\n\nconst ${rule}: Derivation = derivation(${name})\n`,
    method: `  ${comment(docOf(message, source, given, isBare), '  ')}
  static from(${argument}: ${source.className}, ${given}: ${type}): ${className} {
    if (!(${argument} instanceof ${source.className}) || ${given} == null) {
      throw notDerivable(${argument}, ${given}, ${name})
    }
${isBare ? `    checkOptions('${name}.from', ${given}, [${ids.filter((id) => !isTaken(id)).map((id) => `'${id}'`)}])\n` : ''}    const message = new ${className}(derivedIds(${[name, ...values].join(', ')}))
    ${isBare ? 'clear(message)' : `derive(message, ${argument}, ${given}, ${rule})`}
    return message
  }`,
    source: source === message ? null : source,
  }
}

/** The type of what is given: ids, and options except those about the payload. */
function detailsOf({ table, className, places, from, details }) {
  const [, about] = from.tags.find(([tag]) => tag === 'details')
  const members = new Map(
    from.tags.filter(([tag]) => tag === 'given').map(([, text]) => text.split(/ (.*)/s).slice(0, 2)),
  )
  const options = table.writeOrder
    .map((field) => table.options[field].attribute)
    .filter((attribute) => !/^(?:enc|ppt)_/.test(attribute))
  const positions = places
    .filter(({ kind }) => kind === 'id' || kind === 'requestType')
    .map(({ attribute }) => attribute)
  const rest = (names) => names.filter((name) => !members.has(name))
  const bases = [
    ...(rest(positions).length === 0 ? [] : [`Pick<${className}, ${union(rest(positions))}>`]),
    `Given<${className}, ${union(rest(options))}>`,
  ]
  const lines = [...members].map(([attribute, text]) => {
    const isOption = options.includes(attribute)
    const type = isOption ? `?: ${className}['${attribute}'] | undefined` : ': number'
    return `  ${comment(text, '  ')}\n  ${attribute}${type}\n`
  })
  return `${comment(about)}\nexport interface ${details} extends ${bases.join(', ')} {\n${lines.join('')}}`
}

function docOf({ table, from, places }, source, given, isBare) {
  if (isBare) return from.text
  const { carries, carriesLinked } = table.from
  const isOfPayload = (attribute) => /^(?:enc|ppt)_/.test(attribute)
  const kindOf = ({ options }, attribute) => options.find((option) => option.attribute === attribute).kind
  const named = carries
    .filter((attribute) => !isOfPayload(attribute))
    .map((attribute) =>
      kindOf(source.table, attribute) === kindOf(table, attribute)
        ? attribute
        : `${attribute} if ${table.name} has the same`,
    )
  if (source.table === table)
    named.unshift(...places.filter(({ kind }) => kind === 'uri').map((each) => each.attribute))
  const names = [...named, ...(carries.some(isOfPayload) ? ['payload attributes'] : [])].join(', ')
  const shared = table.payload === 'any' ? 'the payload is shared; ' : ''
  const linked =
    carriesLinked.length === 0
      ? ''
      : `, and ${carriesLinked.join(', ')} when the message came over a router-to-router link`
  const text = from.text.replace(/\.$/, '')
  return (
    `${text}: ${shared}${names} and custom keys \`x_...\` and \`_...\` are carried over${linked}. ` +
    `\`${given}\` gives the rest, and removes what it gives as null.`
  )
}
