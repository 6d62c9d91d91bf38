/** Imports a TypeScript module of the project into a build script. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * The module comes from a file, because an error that is thrown in a `data:` URL shows all of it.
 *
 * @param {string} path from the project's root
 */
export async function importTypeScript(path) {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-build-'))
  const outfile = join(folder, 'module.mjs')
  try {
    await build({ entryPoints: [path], bundle: true, format: 'esm', platform: 'node', outfile })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
