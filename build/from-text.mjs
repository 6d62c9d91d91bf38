/** The text of the static method `from` of a class, and of the type of what it is given. */
import ts from 'typescript'
import { comment, union } from './code-text.mjs'

/** Words that the text of `from` uses, and those that only some code may not have as a name. */
const USED = ['message', 'derive', 'clear', 'arguments', 'eval']

/** A name of a parameter like the word, with a mark where the word is reserved. */
export const parameterOf = (word) => (isReserved(word) ? `${word}_` : word)

function isReserved(word) {
  if (USED.includes(word)) return true
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, word)
  const kind = scanner.scan()
  return kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastFutureReservedWord
}

/** What stands before the class, the method, and the message that it is made from; nothing for most classes. */
export function fromOf(message, all) {
  const { table, name, className, title, places, from } = message
  if (from === null) return { before: '', method: '', source: null }
  const source = all.find((each) => each.table === table.from.source)
  const argument = parameterOf(source.title.toLowerCase())
  const given = source === message ? 'answer' : parameterOf(title.toLowerCase())
  const rule = `${name}_OF_${source.name}`
  const ids = places.filter(({ kind }) => kind === 'id').map(({ attribute }) => attribute)
  const isBare = table.options.length === 0
  const givenIds = ids.filter((id) => !table.from.ids.includes(id))
  const values = ids.map((id) => `${givenIds.includes(id) ? given : argument}.${id}`)
  if (values.length === 1) values.push('0')
  const requestType = places.find(({ kind }) => kind === 'requestType')?.attribute
  const text = places.find(({ kind }) => kind === 'uri' || kind === 'text')?.attribute
  if (requestType !== undefined)
    values.push(`requestTypeGiven(${name}, '${requestType}', ${given}.${requestType})`)
  else if (text !== undefined) values.push('0')
  if (text !== undefined) values.push(`${argument}._${text}`)
  const check = `checkOptions('${name}.from', ${given}, [${givenIds.map((id) => `'${id}'`)}])`
  const type = isBare ? `Pick<${className}, ${union(givenIds)}>` : message.details
  return {
    before: isBare ? '' : `${detailsOf(message)}\n\nconst ${rule}: Derivation = derivation(${name})\n`,
    method: `  ${comment(docOf(message, given, isBare), '  ')}
  static from(${argument}: ${source.className}, ${given}: ${type}): ${className} {
    if (!(${argument} instanceof ${source.className}) || ${given} == null) {
      throw notDerivable(${argument}, ${given}, ${name})
    }
${isBare ? `    ${check}\n` : ''}    const message = new ${className}(derivedIds(${[name, ...values].join(', ')}))
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
    .filter((attribute) => !isOfPayload(attribute))
  const positions = places
    .filter(({ kind }) => kind === 'id' || kind === 'requestType')
    .filter(({ attribute }) => !table.from.ids.includes(attribute))
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

const isOfPayload = (attribute) => /^(?:enc|ppt)_/.test(attribute)

/** What is carried over, in words, beside the attributes of the payload and what a link adds. */
export function carriedOf(table, quote = '') {
  const { source, ids, carries } = table.from
  const kindOf = ({ options }, attribute) => options.find((option) => option.attribute === attribute).kind
  const isNarrowed = (attribute) => kindOf(source, attribute) !== kindOf(table, attribute)
  const texts = table.positions.filter(({ kind }) => source === table && (kind === 'uri' || kind === 'text'))
  return [
    ...[...ids, ...texts.map(({ attribute }) => attribute)].map((name) => quote + name + quote),
    ...carries
      .filter((name) => !isOfPayload(name))
      .map((name) => quote + name + quote + (isNarrowed(name) ? ` if ${table.name} has the same` : '')),
  ]
}

function docOf({ table, from }, given, isBare) {
  if (isBare) return from.text
  const { carries, carriesLinked, carriesCustom } = table.from
  const named = carriedOf(table)
  const names = [...named, ...(carries.some(isOfPayload) ? ['payload attributes'] : [])].join(', ')
  const shared = table.payload === 'any' ? 'the payload is shared; ' : ''
  const linked =
    carriesLinked.length === 0
      ? ''
      : `, and ${carriesLinked.join(', ')} when the message came over a router-to-router link`
  const text = from.text.replace(/\.$/, '')
  const carried = [names, carriesCustom ? 'custom keys `x_...` and `_...`' : ''].filter((each) => each !== '')
  const what = carried.length === 0 ? '' : `: ${shared}${carried.join(' and ')} are carried over${linked}`
  return `${text}${what}. \`${given}\` gives the rest, and removes what it gives as null.`
}
