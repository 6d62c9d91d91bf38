/** The declarations of the package as its users get them. Everything here reads the built package. */
import { readFileSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import ts from 'typescript'

/** The root of the repository, which is the package. */
export const ROOT: string = resolve(import.meta.dirname, '../..')

/** Where the build puts the declarations. */
const DECLARATIONS = resolve(ROOT, 'dist/types')

export interface Entry {
  /** As users import it, `wamp-codec/core`. */
  readonly name: string
  readonly file: string
}

/** Every entry of the package that has declarations of its own; the kernels have a line each. */
export const ENTRIES: readonly Entry[] = Object.entries(
  (
    JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, { types?: string }>
    }
  ).exports,
).flatMap(([path, { types }]) =>
  types === undefined || path.endsWith('.wasm')
    ? []
    : [{ name: `wamp-codec${path.slice(1)}`, file: resolve(ROOT, types) }],
)

/** All declarations, as a program of the compiler, without those of any platform. */
export function loadDeclarations(): ts.Program {
  const program = ts.createProgram(
    ENTRIES.map(({ file }) => file),
    {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2020.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      strict: true,
      noEmit: true,
    },
  )
  if (program.getSourceFile((ENTRIES[0] as Entry).file) === undefined) {
    throw new Error('the package is not built: node build/setup.mjs')
  }
  return program
}

/** True for what the package declares, and not a library. */
export function isOurs(node: ts.Node): boolean {
  return resolve(node.getSourceFile().fileName).startsWith(DECLARATIONS + sep)
}

/** The exports of an entry by name, aliases resolved. */
export function exportsOf(program: ts.Program, { file }: Entry): ReadonlyMap<string, ts.Symbol> {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file) as ts.SourceFile
  const module = checker.getSymbolAtLocation(source) as ts.Symbol
  return new Map(
    checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
      return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol]
    }),
  )
}
