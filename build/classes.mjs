/**
 * Writes what follows from the message tables (src/message/tables/*.ts) and is committed: the classes, the lists of
 * them, `MessageType`, the types of enumerations, the lists of the FlatBuffers schema, the rows of its tables, the
 * places in lists, and the tables of docs/message-design.md. With `--check` it writes nothing and fails for files that
 * are not up to date; test/docs/generated.test.ts compares them too.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { classText } from './class-text.mjs'
import { documentTables } from './docs-table.mjs'
import { listPlacesText } from './list-places.mjs'
import { readFacts } from './message-facts.mjs'
import { classListText, exportsText, messageTypeText, namesText, wordTypesText } from './message-lists.mjs'
import { schemaLists } from './schema-lists.mjs'
import { schemaRowsText } from './schema-rows.mjs'

const FOLDER = 'src/message/classes'
/** Between the files in what the formatter gets; a comment, so that it stays where it is. */
const FILE = '// FILE '

/** The text of each generated file by its path. */
export async function generate() {
  const facts = await readFacts()
  const files = [
    ...facts.map((message) => [`${FOLDER}/${message.file}.ts`, classText(message, facts)]),
    ['src/message/classes.ts', classListText(facts)],
    ['src/message/exports.ts', exportsText(facts)],
    ['src/message/index.ts', namesText(facts)],
    ['src/message/types.ts', messageTypeText(facts)],
    ['src/message/words.ts', wordTypesText()],
    ['src/message/flatbuffers-rows.ts', schemaRowsText(facts)],
    ['src/lists/list-places.ts', listPlacesText(facts)],
  ]
  return new Map([...formatted(files), documentTables(facts), ...schemaLists(facts)])
}

/** The files as Biome formats them, which is called once. */
function formatted(files) {
  const input = files.map(([path, text]) => `${FILE}${path}\n${text}`).join('\n')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'format', '--stdin-file-path=src/message/generated-classes.ts'],
    { input, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`cannot format the classes:\n${stderr}`)
  return stdout
    .split(FILE)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), `${part.slice(part.indexOf('\n') + 1).trim()}\n`])
}

/** Files of FOLDER whose message is gone. */
const surplus = (files) =>
  readdirSync(FOLDER)
    .map((file) => `${FOLDER}/${file}`)
    .filter((path) => !files.has(path))

const isCalled = process.argv[1] === fileURLToPath(import.meta.url)
if (isCalled) {
  const files = await generate()
  const read = (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return null
    }
  }
  const stale = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path)
  if (process.argv.includes('--check')) {
    const wrong = [...stale, ...surplus(files)]
    if (wrong.length > 0) throw new Error(`not up to date: ${wrong.join(', ')}; run node build/classes.mjs`)
  } else {
    for (const path of stale) writeFileSync(path, files.get(path))
    for (const path of surplus(files)) rmSync(path)
    console.log(`${stale.length} of ${files.size} files written`)
  }
}
