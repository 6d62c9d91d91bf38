/** Imports a TypeScript module of the project into a build script, without files on disk. */
import { build } from 'esbuild'

/** @param {string} path from the project's root */
export async function importTypeScript(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
