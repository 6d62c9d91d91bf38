/** The table of entries, which the build reads too (build/entries.mjs). */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './run.ts'

interface Bundle {
  readonly source: string
  readonly file: string
}
interface Entry extends Bundle {
  readonly name: string
  readonly workerd?: string
}
interface Tables {
  readonly ENTRIES: readonly Entry[]
  bundled(): readonly Bundle[]
  packageFields(): Record<string, unknown>
}

const tables = (await import(pathToFileURL(join(ROOT, 'build/entries.mjs')).href)) as Tables

export const ENTRIES: readonly Entry[] = tables.ENTRIES
/** The sources of all bundles by the names of their files in dist/. */
export const bundled: () => readonly Bundle[] = tables.bundled
/** What package.json has of the tables. */
export const packageFields: () => Record<string, unknown> = tables.packageFields
