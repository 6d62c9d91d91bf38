/** Walks over everything that users of the declarations can name or complete. */
import ts from 'typescript'
import { ENTRIES, exportsOf, isOurs } from './entries.ts'

/** Something with a hover text: an export, or a member of one. */
export interface Place {
  /** `Publish.topic`, or `createCodec(options)` and the like for what has no name of its own. */
  readonly path: string
  readonly symbol: ts.Symbol
  /** The documentation that an editor shows; inherited where the member has none of its own. */
  readonly text: string
}

/** Every export of every entry, and every member of ours that can be reached from one; each declaration once. */
export function publicPlaces(program: ts.Program): Place[] {
  const walk = new Walk(program.getTypeChecker())
  for (const entry of ENTRIES) {
    for (const [name, symbol] of exportsOf(program, entry)) walk.export(name, symbol)
  }
  return walk.places
}

class Walk {
  readonly places: Place[] = []
  readonly #checker: ts.TypeChecker
  readonly #seen: Set<ts.Node | ts.Type> = new Set()

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  export(name: string, symbol: ts.Symbol): void {
    // A namespace has the exports of another entry, and no text.
    if ((symbol.flags & ts.SymbolFlags.ValueModule) !== 0) return
    this.#place(name, symbol)
    if ((symbol.flags & ts.SymbolFlags.Type) !== 0)
      this.#type(name, this.#checker.getDeclaredTypeOfSymbol(symbol))
    if ((symbol.flags & ts.SymbolFlags.Value) !== 0) this.#type(name, this.#checker.getTypeOfSymbol(symbol))
  }

  #place(path: string, symbol: ts.Symbol): void {
    const [declaration] = symbol.declarations ?? []
    if (declaration === undefined || this.#seen.has(declaration)) return
    this.#seen.add(declaration)
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker))
    this.places.push({ path, symbol, text })
  }

  /** The members of a type, and what its signatures take and give. */
  #type(path: string, type: ts.Type): void {
    if (this.#seen.has(type)) return
    this.#seen.add(type)
    if (type.isUnionOrIntersection()) for (const part of type.types) this.#type(path, part)
    if (type.isUnion()) return
    for (const argument of type.aliasTypeArguments ?? []) this.#type(path, argument)
    for (const argument of this.#checker.getTypeArguments(type as ts.TypeReference))
      this.#type(path, argument)
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const parameter of signature.getParameters()) {
        this.#type(`${path}(${parameter.name})`, this.#checker.getTypeOfSymbol(parameter))
      }
      this.#type(`${path}()`, signature.getReturnType())
    }
    for (const property of type.getProperties()) {
      const declaration = property.declarations?.[0]
      const isPrivate = property.name.startsWith('#') || property.name === 'prototype'
      if (declaration === undefined || !isOurs(declaration) || isPrivate) continue
      const owner = ts.getNameOfDeclaration(declaration.parent as ts.Declaration)?.getText() ?? path
      const name = property.name.startsWith('__@') ? '[Symbol.iterator]' : property.name
      this.#place(`${owner}.${name}`, property)
      this.#type(`${owner}.${name}`, this.#checker.getTypeOfSymbol(property))
    }
  }
}
