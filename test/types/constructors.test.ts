/** The types of the constructors and their checks say the same: which attributes there are, and which are needed. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { CLASSES } from '../unit/message/classes.ts'
import { ENTRIES, type Entry, exportsOf, loadDeclarations } from './entries.ts'

const program = loadDeclarations()
const checker = program.getTypeChecker()
const exported = exportsOf(program, ENTRIES.find(({ name }) => name === 'wamp-codec/message') as Entry)

/** What the one signature of a class's constructor takes, by name. */
function attributesOf(name: string): readonly ts.Symbol[] {
  const type = checker.getTypeOfSymbol(exported.get(name) as ts.Symbol)
  const [signature, ...others] = type.getConstructSignatures()
  expect(others).toEqual([])
  const [parameter] = signature?.getParameters() ?? []
  // GOODBYE takes nothing, too.
  return checker.getNonNullableType(checker.getTypeOfSymbol(parameter as ts.Symbol)).getProperties()
}

describe.each(CLASSES)('$name', ({ name, Class, least }) => {
  const attributes = attributesOf(name)
  const isOptional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0

  test('takes the attributes that its type has, and no other', () => {
    let message = ''
    try {
      new Class({ ...least, no_such: 1 })
    } catch (error) {
      message = (error as Error).message
    }
    const [, names] = /known are (.*)$/.exec(message) ?? []
    expect(attributes.map((symbol) => symbol.name).sort()).toEqual(names?.split(', ').sort())
  })

  test('needs the attributes that its type requires, and no other', () => {
    const required = attributes.filter((symbol) => !isOptional(symbol)).map((symbol) => symbol.name)
    const given = Object.fromEntries(required.map((key) => [key, least[key]]))
    expect(() => new Class(given)).not.toThrow()
    for (const key of required) {
      const { [key]: _, ...rest } = given
      expect(() => new Class(rest), key).toThrow()
    }
  })

  test('has hover text for every attribute that is given to it', () => {
    const silent = attributes.filter(
      (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)) === '',
    )
    expect(silent.map((symbol) => symbol.name)).toEqual([])
  })
})
