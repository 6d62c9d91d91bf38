/** What an editor shows: every export and every public member has a text, and internals do not show at all. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { MessageType, message } from '../../src/index.ts'
import { FORWARD_FOR, type MessageTable, PPT_KEYID } from '../../src/message/table.ts'
import { ENTRIES, type Entry, exportsOf, isOurs, loadDeclarations, ROOT } from './entries.ts'
import { publicPlaces } from './walk.ts'

const program = loadDeclarations()
const checker = program.getTypeChecker()
const places = publicPlaces(program)

const [ALL, MESSAGES] = ['wamp-codec', 'wamp-codec/message'].map(
  (entry) => ENTRIES.find(({ name }) => name === entry) as Entry,
) as [Entry, Entry]

const textOf = (symbol: ts.Symbol | undefined): string =>
  ts.displayPartsToString(symbol?.getDocumentationComment(checker) ?? [])

test('every export and every public member has hover text', () => {
  expect(places.length).toBeGreaterThan(400)
  expect(places.filter(({ text }) => text === '').map(({ path }) => path)).toEqual([])
})

test('every option says its default', () => {
  const options = places.filter(
    ({ path, symbol }) => /Options\.\w+$/.test(path) && (symbol.flags & ts.SymbolFlags.Optional) !== 0,
  )
  expect(options.length).toBeGreaterThan(25)
  expect(options.filter(({ text }) => !/\bDefault\b/.test(text)).map(({ path }) => path)).toEqual([])
})

const CLASSES = Object.entries(message as unknown as Record<string, { TABLE?: MessageTable }>).flatMap(
  ([name, { TABLE }]) => (TABLE === undefined || name === 'Message' ? [] : [{ name, TABLE }]),
)

/** The options that a class declares itself: the mixins have theirs, and positions are no keys. */
const OWN = CLASSES.flatMap(({ name, TABLE: { category, options, positions } }) =>
  options
    .slice({ 1: 0, 3: FORWARD_FOR + 1, 4: PPT_KEYID + 1 }[category])
    .filter(({ attribute }) => positions.every((position) => position.attribute !== attribute))
    .map(({ attribute, key }) => ({ name, attribute, key })),
)

test.each(OWN)('the text of $attribute of $name names the key $key', ({ name, attribute, key }) => {
  const type = checker.getDeclaredTypeOfSymbol(exportsOf(program, MESSAGES).get(name) as ts.Symbol)
  expect(textOf(type.getProperty(attribute))).toContain(`\`${key}\``)
})

test('every constant of MessageType names its class', () => {
  const constants = exportsOf(program, ALL).get('MessageType')
  const type = checker.getTypeOfSymbol(constants as ts.Symbol)
  for (const [name, code] of Object.entries(MessageType)) {
    const row = CLASSES.find(({ TABLE }) => TABLE.code === code)
    const file = textOf(type.getProperty(name))
    expect([`\`${row?.name}\``, `\`${row?.name}Message\``], name).toContain(/^`\w+`/.exec(file)?.[0])
  }
})

/** What is declared beside the exports: bases of classes, and what types are made with. */
const UNNAMED = ['CommonAttribute', 'ControlMessage', 'DataMessage', 'Given', 'Message']

test('no internal name is a member, and nothing is declared that no entry exports', () => {
  expect(places.filter(({ symbol }) => symbol.name.startsWith('_')).map(({ path }) => path)).toEqual([
    // Of `Symbol.iterator`.
    'PayloadView.[Symbol.iterator]',
  ])
  const exported = new Set(
    ENTRIES.flatMap((entry) =>
      [...exportsOf(program, entry).values()].flatMap(({ declarations }) => declarations),
    ),
  )
  const files = program.getSourceFiles().filter((source) => isOurs(source))
  const others = files.flatMap((source) => {
    const module = checker.getSymbolAtLocation(source)
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module)
    return symbols.filter(({ declarations }) => {
      const [declaration] = declarations ?? []
      return (
        declaration?.getSourceFile() === source &&
        !exported.has(declaration) &&
        !ts.isExportSpecifier(declaration) &&
        !ts.isNamespaceExport(declaration)
      )
    })
  })
  expect(others.map(({ name }) => name).sort()).toEqual(UNNAMED)
})

test('the declarations refer to no library and no package, but for those of adapters and sockets', () => {
  const files = program
    .getSourceFiles()
    .filter((source) => isOurs(source) && !/types\/(?:clients|sockets)\//.test(source.fileName))
  expect(files.length).toBeGreaterThan(30)
  for (const { fileName, referencedFiles, typeReferenceDirectives, libReferenceDirectives } of files) {
    expect([referencedFiles, typeReferenceDirectives, libReferenceDirectives], fileName).toEqual([[], [], []])
    const text = readFileSync(resolve(ROOT, fileName), 'utf8')
    expect(
      [...text.matchAll(/(?:from|import\() ?['"]([^'"./][^'"]*)/g)].map(([, name]) => name),
      fileName,
    ).toEqual([])
  }
})
