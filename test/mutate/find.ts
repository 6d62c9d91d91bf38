/**
 * Finds places in TypeScript and AssemblyScript where a small change has another meaning: what a test should notice.
 * Works on the syntax alone; whether a mutant compiles is seen when it is tried.
 */
import type typescript from 'typescript'

/** The compiler: handed over, because run.mjs bundles this module, and the compiler cannot be bundled. */
export type Compiler = typeof typescript

/** One change: `text.slice(start, end)`, which is `from`, becomes `to`. */
export interface Mutant {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly start: number
  readonly end: number
  readonly from: string
  readonly to: string
  /** The expression or statement around it, that runs when the change is reached. */
  readonly site: Site
}

/** A range of a text; a statement, or else an expression. */
export interface Site {
  readonly start: number
  readonly end: number
  readonly isStatement: boolean
}

const OPERATORS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
}

/** Lists of more elements are tables of data: their numbers are not looked at one by one. */
const MAX_ELEMENTS = 8

const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

/** All mutants of a file, in the order of their places. */
export function findMutants(ts: Compiler, file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const constants = constantsOf(ts, source)
  const mutants: Mutant[] = []

  const add = (node: typescript.Node, to: string): void => {
    const start = node.getStart(source)
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    const around = siteOf(ts, node)
    const isStatement = ts.isExpressionStatement(around)
    const site = { start: around.getStart(source), end: around.end, isStatement }
    mutants.push({ file, line, start, end: node.end, from: text.slice(start, node.end), to, site })
  }

  const visit = (node: typescript.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isArrayLiteralExpression(node) && node.elements.length > MAX_ELEMENTS) return
    if (ts.isBinaryExpression(node)) {
      const to = OPERATORS[node.operatorToken.getText(source)]
      // Text has no minus.
      if (to !== undefined && !(to === '-' && hasText(ts, node))) add(node.operatorToken, to)
    }
    const condition = conditionOf(ts, node)
    if (condition !== undefined) add(condition, `!(${condition.getText(source)})`)
    if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent.parent ?? node.parent)) {
      add(node, String(Number(node.text) + 1))
    }
    if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression)) add(node, '{}')
    if (ts.isIdentifier(node) && CONSTANT.test(node.text) && isUse(ts, node)) {
      const other = neighbour(node.text, constants)
      if (other !== null) add(node, other)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return mutants.sort((a, b) => a.start - b.start)
}

/** The text with the change. */
export function apply(text: string, { start, end, to }: Mutant): string {
  return text.slice(0, start) + to + text.slice(end)
}

/** The node that can be wrapped: not an operator, and not the name of a property. */
function siteOf(ts: Compiler, node: typescript.Node): typescript.Node {
  const { parent } = node
  if (ts.isBinaryExpression(parent) && parent.operatorToken === node) return parent
  if (ts.isShorthandPropertyAssignment(parent)) return parent.parent
  return node
}

/** The condition of a statement or of `?:` that can be negated as a whole. */
function conditionOf(ts: Compiler, node: typescript.Node): typescript.Expression | undefined {
  if (ts.isIfStatement(node)) return node.expression
  return ts.isConditionalExpression(node) ? node.condition : undefined
}

function hasText(ts: Compiler, { left, right }: typescript.BinaryExpression): boolean {
  return [left, right].some(
    (side) =>
      ts.isStringLiteralLike(side) ||
      ts.isTemplateExpression(side) ||
      (ts.isBinaryExpression(side) && hasText(ts, side)),
  )
}

/** Names of constants that the file uses or declares, sorted. */
function constantsOf(ts: Compiler, source: typescript.SourceFile): string[] {
  const names = new Set<string>()
  const visit = (node: typescript.Node): void => {
    if (ts.isIdentifier(node) && CONSTANT.test(node.text) && !ts.isPropertyAccessExpression(node.parent)) {
      names.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...names].sort()
}

/** True where the value of a constant is used, not where it is declared, imported or the name of a property. */
function isUse(ts: Compiler, node: typescript.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return false
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false
  return !((ts.isVariableDeclaration(parent) || ts.isEnumMember(parent)) && parent.name === node)
}

/** The next constant whose name has the same first word, or null. */
function neighbour(name: string, constants: readonly string[]): string | null {
  const word = name.slice(0, name.indexOf('_') + 1)
  const family = constants.filter((constant) => constant.startsWith(word))
  return family.length < 2 ? null : (family[(family.indexOf(name) + 1) % family.length] as string)
}
