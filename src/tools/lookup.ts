/** How a codec finds its tools. */
import { missingTool } from '../arguments.ts'
import type { Tool, ToolName } from './tool.ts'
import type { Toolbox } from './toolbox.ts'

/** The tools of a codec. */
export type Tools = { readonly [Name in ToolName]?: Toolbox[Name] }

/** Tools by their names. Of two with the same name the last one counts. */
export function toolsOf(tools: readonly Tool[]): Tools {
  return Object.fromEntries(tools.map(({ name, parts }) => [name, parts]))
}

/** A tool of a codec. Throws TypeError that names the import of one that it was made without. */
export function toolOf<Name extends ToolName>(tools: Tools, name: Name, what: string): Toolbox[Name] {
  const parts: Toolbox[Name] | undefined = tools[name]
  if (parts === undefined) throw missingTool(what, name)
  return parts
}
