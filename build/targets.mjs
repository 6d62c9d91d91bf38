/**
 * The five targets of wasm-pack, in dist/pkg/: the whole codec in one script each, with the kernel beside it, the
 * types, and the package.json that wasm-pack would write. Each folder works by itself, wherever it is copied to.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { build } from 'esbuild'
import { reachable } from './declarations.mjs'
import { modules } from './javascript.mjs'

const NAME = 'wamp_codec'

// The runtime imports the kernel: no other is looked for, by webpack neither.
const IMPORTED = { format: 'esm', define: { 'import.meta.url': 'undefined' } }

/**
 * `source` in src/targets/; `fields` of package.json beside those that all have; `files` beside script, kernel and
 * types; `options` of esbuild.
 */
export const TARGETS = {
  bundler: {
    source: 'instance',
    fields: { type: 'module', main: `${NAME}.js`, sideEffects: false },
    // Left to the bundler, which reads comments.
    options: { ...IMPORTED, minify: false },
  },
  web: {
    source: 'web',
    fields: { type: 'module', main: `${NAME}.js`, sideEffects: false },
    files: ['kernel-scalar.wasm', 'kernel-scalar.js'],
    options: { format: 'esm' },
  },
  nodejs: {
    source: 'nodejs',
    fields: { main: `${NAME}.js` },
    options: {
      format: 'cjs',
      platform: 'node',
      define: { 'import.meta.url': 'SCRIPT_URL' },
      banner: { js: "const SCRIPT_URL = require('node:url').pathToFileURL(__filename).href" },
    },
  },
  'no-modules': {
    source: 'web',
    fields: { browser: `${NAME}.js` },
    files: ['kernel-scalar.wasm', 'kernel-scalar.js'],
    options: {
      format: 'iife',
      globalName: NAME,
      define: { 'import.meta.url': 'SCRIPT_URL' },
      banner: { js: 'const SCRIPT_URL = globalThis.document?.currentScript?.src || location.href' },
      // As wasm-pack has it: the global is the function that loads the kernel, with everything else as its properties.
      footer: { js: `${NAME} = Object.assign(${NAME}.default, ${NAME})` },
    },
  },
  deno: {
    source: 'instance',
    fields: { type: 'module', main: `${NAME}.js` },
    options: IMPORTED,
  },
}

/** One script has everything; its kernel is a file, whose text would be there twice. */
const inOneScript = {
  name: 'one script',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\/generated\/kernel\.ts$/ }, () => ({ contents: "export const KERNEL_FULL = ''" }))
    onResolve({ filter: /\/message\/index\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
    }))
  },
}

/** Writes all five into a folder; `types` has the declarations of src/. */
export async function writeTargets(folder, types) {
  const { version, description, license, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [target, { source, fields, files = [], options }] of Object.entries(TARGETS)) {
    const place = `${folder}/${target}`
    mkdirSync(place, { recursive: true })
    await build({
      entryPoints: [`src/targets/${source}.ts`],
      outfile: `${place}/${NAME}.js`,
      bundle: true,
      minify: true,
      // Applications see the names of classes.
      keepNames: true,
      target: 'es2022',
      plugins: [inOneScript, modules],
      logLevel: 'warning',
      logOverride: { 'ignored-bare-import': 'silent' },
      ...options,
    })
    copyFileSync('out/wasm/kernel-simd.wasm', `${place}/${NAME}_bg.wasm`)
    for (const file of files) copyFileSync(`out/wasm/${file}`, `${place}/${file}`)
    writeTypes(source, types, place, options.globalName !== undefined)
    const manifest = {
      name: 'wamp-codec',
      ...(fields.type === undefined ? {} : { type: fields.type }),
      description,
      version,
      license,
      repository,
      files: [`${NAME}_bg.wasm`, `${NAME}.js`, `${NAME}.d.ts`, 'types', ...files],
      ...fields,
      types: `${NAME}.d.ts`,
    }
    writeFileSync(`${place}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  }
}

/** The types: a copy of the declarations that the target leads to, behind a file of its name. */
function writeTypes(source, types, place, isGlobal) {
  for (const file of reachable(types, [`targets/${source}.d.ts`])) {
    mkdirSync(dirname(`${place}/types/${file}`), { recursive: true })
    copyFileSync(`${types}/${file}`, `${place}/types/${file}`)
  }
  const from = `'./types/targets/${source}.js'`
  const more = source === 'web' ? `export { default } from ${from}\n` : ''
  writeFileSync(`${place}/${NAME}.d.ts`, `export * from ${from}\n${more}${isGlobal ? globalOf(from) : ''}`)
}

/** The type of the global that a plain script makes. */
function globalOf(from) {
  return `import type * as exported from ${from}

declare global {
  /** Loads the kernel; has everything that the package exports as its properties. */
  const ${NAME}: typeof exported.default & typeof exported
}
`
}
