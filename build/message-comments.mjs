/**
 * Reads the comments of the message tables (src/message/tables/*.ts): the text of each message, of its positions and
 * options, and of what it is made from. They are comments and no strings, so that no bundle holds them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const FOLDER = 'src/message/tables'

/**
 * The comments by the name of the message: `text`, `file`, `rows` by key or attribute, and `from`. A comment is its
 * text, and its tags by name.
 */
export function readComments() {
  const sources = readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const text = readFileSync(`${FOLDER}/${file}`, 'utf8')
      return ts.createSourceFile(`${FOLDER}/${file}`, text, ts.ScriptTarget.ESNext, true)
    })
  const constants = new Map(sources.flatMap(constantsOf))
  const comments = new Map()
  for (const [name, { statement, initializer }] of constants) {
    if (!ts.isCallExpression(initializer) || initializer.expression.text !== 'defineTable') continue
    const rows = Object.fromEntries(
      initializer.arguments[3].properties.map((property) => [property.name.text, property]),
    )
    comments.set(name, {
      ...commentBefore(statement),
      file: statement.getSourceFile().fileName,
      rows: new Map([
        ...rowsOf(rows.options?.initializer, constants),
        ...rowsOf(rows.positions.initializer, constants),
      ]),
      from: rows.from === undefined ? null : commentBefore(rows.from),
    })
  }
  return comments
}

function constantsOf(source) {
  return source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap((statement) =>
      statement.declarationList.declarations.map(({ name, initializer }) => [
        name.text,
        { statement, initializer },
      ]),
    )
}

/** The comment of each row of a list by the row's first word; rows of other constants that are spread into it too. */
function rowsOf(list, constants) {
  if (list === undefined) return []
  return list.elements.flatMap((row) => {
    if (ts.isSpreadElement(row)) return rowsOf(constants.get(row.expression.text).initializer, constants)
    const comment = commentBefore(row)
    return comment === null ? [] : [[row.elements[0].text, comment]]
  })
}

/** The documentation comment before a node; null without one. */
function commentBefore(node) {
  const text = node.getSourceFile().text
  const range = (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []).at(-1)
  const comment = range === undefined ? '' : text.slice(range.pos, range.end)
  if (!comment.startsWith('/**')) return null
  const [first, ...tags] = comment
    .slice(3, -2)
    .replaceAll(/\n\s*\* ?/g, ' ')
    .split(/(?=@(?:see|details|given) )/)
  return {
    text: first.trim(),
    tags: tags.map((tag) =>
      tag
        .trim()
        .split(/^@(\w+) /)
        .slice(1),
    ),
  }
}
