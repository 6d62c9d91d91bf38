/** What is generated from the message tables and committed is fresh, and made of all that it is said to be made of. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { generate } from '../../build/classes.mjs'
import { TABLES } from '../../src/message/tables.ts'

process.chdir(resolve(import.meta.dirname, '../..'))
const FILES: ReadonlyMap<string, string> = await generate()
const CLASSES = [...FILES].filter(([path]) => path.startsWith('src/message/classes/'))

test.each([...FILES])('%s is what node build/classes.mjs writes', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('there is a file for each table, and no other in the folder', () => {
  const names = readdirSync('src/message/classes').map((file) => `src/message/classes/${file}`)
  expect(names.sort()).toEqual(CLASSES.map(([path]) => path).sort())
  expect(CLASSES.length).toBe(TABLES.length)
})

test('"go to definition" on a topic leads to a line of a generated class, below its text', () => {
  const user = resolve('test/docs/user.ts')
  const text = [
    "import { Publish, type AnyMessage } from '../../src/index.ts'",
    'export const topic = (message: Publish): string => message.topic',
    'export const exclude = (message: Publish): number[] | null => message.exclude',
  ].join('\n')
  const options = { allowImportingTsExtensions: true, noEmit: true, module: ts.ModuleKind.NodeNext }
  const host: ts.LanguageServiceHost = {
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [user],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const content = file === user ? text : ts.sys.readFile(file)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
  }
  const service = ts.createLanguageService(host)
  for (const [name, line] of [
    ['topic', '  /** The topic. Element 3 of the list: a URI. */'],
    ['exclude', '   */'],
  ] as const) {
    const [definition] = service.getDefinitionAtPosition(user, text.indexOf(`message.${name}`) + 8) ?? []
    expect(definition?.fileName).toBe(resolve('src/message/classes/publish.ts'))
    const before = ts.sys.readFile(definition?.fileName as string)?.slice(0, definition?.textSpan.start)
    expect(before?.split('\n').at(-2)).toBe(line)
  }
})
