/**
 * Puts the numbers of modules that hold nothing else, as src/kernel/abi.ts, in place of their names in the package's
 * JavaScript. A variable is read at run
 * time, at each use: values and messages are made 3 to 7 percent faster without (Node 20, x86-64, 2026), and the
 * switches over kinds become jump tables.
 */
import ts from 'typescript'

const CONSTANT = /^export const (\w+) = (-?\d+|0x[\da-f]+)$/

/** The numbers that the text of such a module defines, by name. */
export function constantsOf(text) {
  const lines = text.split('\n').map((line) => line.replace(/ *\/\/.*/, '').match(CONSTANT))
  const found = lines.filter((match) => match !== null)
  return new Map(found.map(([, name, value]) => [name, value.startsWith('-') ? `(${value})` : value]))
}

/** The text of a TypeScript module with numbers in place of what it imports from the module of that file name. */
export function inlineConstants(name, text, constants, from) {
  if (!text.includes(`/${from}'`)) return text
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)
  const imports = source.statements.filter(
    (each) => ts.isImportDeclaration(each) && each.moduleSpecifier.text.endsWith(`/${from}`),
  )
  const bindings = imports.map(({ importClause }) => importClause.namedBindings)
  const spaces = new Set(bindings.filter(ts.isNamespaceImport).map((each) => each.name.text))
  const elements = bindings.filter(ts.isNamedImports).flatMap((each) => [...each.elements])
  const names = new Map(elements.map((each) => [each.name.text, (each.propertyName ?? each.name).text]))
  const changes = []
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isPropertyAccessExpression(node) && spaces.has(node.expression.text)) {
      changes.push([node, constants.get(node.name.text)])
      return
    }
    if (ts.isIdentifier(node) && (names.has(node.text) || spaces.has(node.text)) && isValue(node))
      changes.push([node, constants.get(names.get(node.text))])
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  // A name that is not a number there, or is used in another way here, keeps its import.
  if (changes.some(([, value]) => value === undefined)) return text
  for (const each of imports) changes.unshift([each, ''])
  changes.sort(([a], [b]) => b.getStart() - a.getStart())
  for (const [node, value] of changes)
    text = text.slice(0, node.getStart()) + value + text.slice(node.getEnd())
  return text
}

/** Whether an identifier is a value by itself, and not the name of a property. */
function isValue(node) {
  const { parent, text } = node
  if (ts.isShorthandPropertyAssignment(parent)) throw new Error(`write { ${text}: ${text} } for a number`)
  return parent.name !== node
}
