/**
 * Makes the package's modules removable, declaration by declaration. The build puts many modules into one file, and a
 * bundler that wants one class of it must be able to leave out all others. It does so with what is marked as pure: each
 * class together with the statements that complete it, and each constant that is computed.
 */
import ts from 'typescript'
import { changed, numberOf } from './own-constants.mjs'

const PURE = '/* @__PURE__ */'

/** The text of a TypeScript module with its declarations marked. Throws Error for a statement that is none. */
export function pure(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)
  const spaces = new Set(
    source.statements
      .filter((each) => ts.isImportDeclaration(each))
      .map(({ importClause }) => importClause?.namedBindings)
      .filter((each) => each !== undefined && ts.isNamespaceImport(each))
      .map((each) => each.name.text),
  )
  const changes = []
  const { statements } = source
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]
    if (ts.isVariableStatement(statement)) {
      for (const { initializer } of statement.declarationList.declarations) {
        if (initializer !== undefined) changes.push(...markedConstant(initializer, spaces))
      }
    } else if (ts.isClassDeclaration(statement)) {
      const first = statement
      while (completes(statements[i + 1], first.name.text)) i++
      changes.push(...markedClass(first, statements[i]))
    } else if (!isDeclaration(statement)) {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart())
      throw new Error(
        `${name}:${line + 1}: a statement that runs at import; make it part of a constant, or call a function with the ` +
          'class before it as the first argument',
      )
    }
  }
  return changed(text, changes)
}

function isDeclaration(statement) {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    // `declare module`: types that are added to a package's.
    ts.isModuleDeclaration(statement)
  )
}

/** Whether a statement is a call about a class: `define(Class, ...)`, `define(Class.prototype, ...)`. */
function completes(statement, name) {
  if (statement === undefined || !ts.isExpressionStatement(statement)) return false
  if (!ts.isCallExpression(statement.expression)) return false
  let [about] = statement.expression.arguments
  while (about !== undefined && ts.isPropertyAccessExpression(about)) about = about.expression
  return about !== undefined && ts.isIdentifier(about) && about.text === name
}

/** Its name stays its own in there, whatever else is called so in the same file. */
function markedClass(statement, last) {
  const name = statement.name.text
  const exported = statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  const start = exported === undefined ? statement.getStart() : exported.getEnd()
  return [
    [start, start, `${exported === undefined ? '' : ' '}const ${name} = ${PURE} (() => { `],
    [last.getEnd(), last.getEnd(), `; return ${name} })();`],
  ]
}

function markedConstant(initializer, spaces) {
  const plain = (node) => isPlain(node, spaces)
  const [start, end] = [initializer.getStart(), initializer.getEnd()]
  if (plain(initializer)) return []
  // esbuild neither computes `2 ** 53` nor leaves it out.
  const number = numberOf(initializer, new Map())
  if (number !== undefined) return [[start, end, String(number)]]
  const isCall = ts.isCallExpression(initializer) || ts.isNewExpression(initializer)
  if (isCall && ts.isIdentifier(initializer.expression) && (initializer.arguments ?? []).every(plain)) {
    return [[start, start, `${PURE} `]]
  }
  return [
    [start, start, `${PURE} (() => (`],
    [end, end, '))()'],
  ]
}

/** Whether every bundler sees that an expression does nothing but make a value. */
function isPlain(node, spaces) {
  const plain = (each) => isPlain(each, spaces)
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    return plain(node.expression)
  }
  if (ts.isPropertyAccessExpression(node)) return spaces.has(node.expression.text)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(plain)
  if (ts.isObjectLiteralExpression(node)) return node.properties.every(plain)
  if (ts.isPropertyAssignment(node)) return !ts.isComputedPropertyName(node.name) && plain(node.initializer)
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand)
  return (
    ts.isLiteralExpression(node) ||
    ts.isIdentifier(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    CONSTANTS.includes(node.kind)
  )
}

const CONSTANTS = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]
