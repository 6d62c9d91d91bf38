/**
 * The package's JavaScript: one readable file for each entry (entries.mjs) over a few that they share,
 * all in one folder, so that `new URL('./kernel...wasm', import.meta.url)` is right in every one of them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import { build } from 'esbuild'
import { bundled, COMMAND, ENTRIES } from './entries.mjs'
import { immutable } from './immutable.mjs'
import { constantsOf, inlineConstants } from './inline-constants.mjs'
import { inlineOwn } from './own-constants.mjs'
import { pure } from './pure.mjs'

const SOURCES = resolve('src')

/** Modules of numbers, which are put in place of their names. */
const NUMBERS = ['src/kernel/abi.ts', 'src/message/flatbuffers-codes.ts', 'src/payload/text-parts.ts']

/** Sources whose text is of no use in a debugger, and is longer than all others together. */
const EMBEDDED = /\/generated\/kernel(-core)?\.ts$/

/** How esbuild reads the modules of src/, whichever bundle it makes. */
export const modules = {
  name: 'modules of src',
  setup({ onResolve, onLoad }) {
    const numbers = NUMBERS.map((file) => [basename(file), constantsOf(readFileSync(file, 'utf8'))])
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const name = relative(SOURCES, path).replaceAll('\\', '/')
      let text = readFileSync(path, 'utf8')
      for (const [from, constants] of numbers) text = inlineConstants(name, text, constants, from)
      text = inlineOwn(name, text)
      const contents = name === `${COMMAND.source}.ts` ? text : pure(name, text)
      return { contents, loader: 'ts' }
    })
    // An entry with its neighbours is a module around its source, which they may import.
    onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice('entry:'.length),
      namespace: 'entry',
    }))
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
      const neighbours = bundled().find(({ source }) => source === path)?.with ?? []
      const imports = neighbours.map((neighbour) => `\nimport 'with:${neighbour}'`)
      const [shebang = ''] = readFileSync(`${SOURCES}/${path}.ts`, 'utf8').match(/^#!.*\n/) ?? []
      return { contents: `${shebang}export * from 'with:${path}'${imports.join('')}` }
    })
    onResolve({ filter: /^with:/ }, ({ path }) => ({ path: `${SOURCES}/${path.slice('with:'.length)}.ts` }))
    // An entry in another one stays a file of its own: as an object of this file it could not be left out.
    onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return
      const source = relative(SOURCES, resolve(resolveDir, path)).replaceAll('\\', '/')
      const entry = ENTRIES.find((each) => each.isSpace && `${each.source}.ts` === source)
      if (entry !== undefined) return { path: `./${entry.file}.js`, external: true, sideEffects: false }
    })
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }))
  },
}

/** Writes the JavaScript of all entries, with source maps. */
export async function writeJavaScript(folder) {
  const { outputFiles } = await build({
    entryPoints: bundled().map(({ file, source }) => ({ in: `entry:${source}`, out: file })),
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target: 'es2022',
    sourcemap: true,
    plugins: [modules],
    logLevel: 'warning',
    logOverride: { 'ignored-bare-import': 'silent' },
  })
  mkdirSync(folder, { recursive: true })
  for (const { path, text } of outputFiles) {
    writeFileSync(path, path.endsWith('.map') ? shortMap(text) : finished(path, text))
  }
}

/** Imports of nothing keep the order of side effects, of which there are none; bundlers warn of them. */
const BARE_IMPORT = /^import "\.\/chunk-\w+\.js";$/gm

function finished(path, text) {
  return immutable(path, withClassNames(ascii(path, text)).replaceAll(BARE_IMPORT, ''))
}

/** V8 takes two bytes for each character of a module that has one beyond Latin-1, and twice the time to load it. */
function ascii(path, text) {
  const [line] = text.match(/^.*[\u0080-\uffff].*$/m) ?? []
  if (line !== undefined) throw new Error(`${path}: a comment inside a class is not ASCII: ${line.trim()}`)
  return text
}

/** A class that pure.mjs has marked: `class Publish2` in what makes `Publish`, because esbuild knows no shadows. */
const MARKED_CLASS = /^var (\w+) = \/\* @__PURE__ \*\/ \(\(\) => \{\n {2}class (\w+)[\s\S]*?^\}\)\(\);$/gm

/** Gives the classes their names back, which applications see. */
function withClassNames(text) {
  return text.replaceAll(MARKED_CLASS, (block, name, inside) => {
    if (!inside.startsWith(name) || !/^\d*$/.test(inside.slice(name.length))) {
      throw new Error(`the name of the class ${inside} is taken in ${name}`)
    }
    return block.replaceAll(new RegExp(`\\b${inside}\\b`, 'g'), name)
  })
}

function shortMap(text) {
  const map = JSON.parse(text)
  for (const [i, source] of map.sources.entries()) {
    if (EMBEDDED.test(source)) map.sourcesContent[i] = '// The kernel, generated from assembly/.\n'
  }
  return JSON.stringify(map)
}
