/**
 * Where the shared data of the project is: beside the repository, or where WAMP_CODEC_SHARED says. Suites that need it
 * are skipped visibly where it is missing: `describe.skipIf(!hasShared('vectors/official'))`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const SHARED = resolve(process.env.WAMP_CODEC_SHARED ?? '../shared')

/** The path of a shared file or folder, there or not. */
export function sharedPath(name: string): string {
  return resolve(SHARED, name)
}

/** True when the file or folder is there. */
export function hasShared(name: string): boolean {
  return existsSync(sharedPath(name))
}

/** The lines of a JSON Lines file; none when it is missing, so that a skipped suite can still be collected. */
export function sharedLines<T>(name: string): readonly T[] {
  if (!hasShared(name)) return []
  return readFileSync(sharedPath(name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

/** The JSON files in a folder and the folders below it, by file name, in the order of their paths. */
export function sharedDocuments<T>(folder: string): ReadonlyMap<string, T> {
  const documents = new Map<string, T>()
  if (!hasShared(folder)) return documents
  const names = readdirSync(sharedPath(folder), { recursive: true, encoding: 'utf8' }).sort()
  for (const name of names) {
    if (!name.endsWith('.json')) continue
    const text = readFileSync(resolve(sharedPath(folder), name), 'utf8')
    documents.set(name.split(/[\\/]/).at(-1) as string, JSON.parse(text) as T)
  }
  return documents
}

/** One JSON file. */
export function sharedDocument<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(name), 'utf8')) as T
}
