/** The two lists of all messages in the FlatBuffers schema (schema/*.fbs), written by build/classes.mjs. */
import { readFileSync } from 'node:fs'
import { importTypeScript } from './import-typescript.mjs'

/** The code of a message there; EVENT_RECEIVED has another one than in lists, because a union has one byte. */
export const { placeOf: flatCodeOf } = await importTypeScript('src/message/tables.ts')

const LISTS = [
  {
    file: 'schema/types.fbs',
    begin: 'enum MessageType : uint16 {\n  NULL = 0,\n',
    line: ({ table }) =>
      (table.code === flatCodeOf(table)
        ? ''
        : `  /// ${table.code} in the list form; a union has one byte.\n`) +
      `  ${table.name} = ${flatCodeOf(table)}`,
  },
  {
    file: 'schema/wamp.fbs',
    begin: 'union AnyMessage {\n',
    line: ({ table, title }) => `  ${title} = ${flatCodeOf(table)}`,
  },
]

/** Paths and texts of the files that have the lists. Throws Error for a file without its list. */
export function schemaLists(messages) {
  return LISTS.map(({ file, begin, line }) => {
    const text = readFileSync(file, 'utf8')
    const start = text.indexOf(begin) + begin.length
    const end = text.indexOf('\n}', start)
    if (start < begin.length || end < 0) throw new Error(`${file} has no list of messages`)
    return [file, text.slice(0, start) + messages.map(line).join(',\n') + text.slice(end)]
  })
}
