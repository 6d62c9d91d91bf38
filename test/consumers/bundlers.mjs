/**
 * The bundlers, each with the options that an application must give and no others. A bundler takes an entry and a
 * folder, and returns the file that it has written and everything that it has warned of.
 */
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import * as esbuild from 'esbuild'
import { rollup } from 'rollup'
import * as vite from 'vite'
import webpack from 'webpack'

async function withEsbuild(entry, folder) {
  const outfile = join(folder, 'program.mjs')
  const options = { bundle: true, minify: true, format: 'esm', target: 'es2022', logLevel: 'silent' }
  const { warnings } = await esbuild.build({ ...options, entryPoints: [entry], outfile })
  return { file: outfile, warnings: warnings.map(({ text }) => text) }
}

async function withRollup(entry, folder, minifiers = []) {
  const warnings = []
  const onLog = (level, { message }) => warnings.push(`${level}: ${message}`)
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ browser: true }), ...minifiers],
    onLog,
  })
  const file = join(folder, 'program.mjs')
  await bundle.write({ file, format: 'es' })
  await bundle.close()
  return { file, warnings }
}

// Both warn of bundles of some size before compression: that is a budget of an application, and no fault.

async function withWebpack(entry, folder, experiments = {}) {
  const compiler = webpack({
    mode: 'production',
    target: ['web', 'es2022'],
    entry,
    output: { path: folder, filename: 'program.mjs', module: true, library: { type: 'module' } },
    experiments: { outputModule: true, ...experiments },
    performance: { hints: false },
  })
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error === null ? resolve(result) : reject(error)))
  })
  await new Promise((resolve) => compiler.close(resolve))
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  return {
    file: join(folder, 'program.mjs'),
    warnings: [...errors, ...warnings].map(({ message }) => message),
  }
}

async function withVite(entry, folder, conditions = ['browser', 'module']) {
  const warnings = []
  const warn = (message) => warnings.push(message)
  const ignore = () => {}
  const customLogger = {
    hasWarned: false,
    ...{ info: ignore, clearScreen: ignore, hasErrorLogged: () => false },
    ...{ warn, warnOnce: warn, error: warn },
  }
  await vite.build({
    root: folder,
    base: './',
    configFile: false,
    resolve: { conditions },
    customLogger,
    logLevel: 'warn',
    build: {
      outDir: 'out',
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: entry, output: { entryFileNames: 'program.mjs' } },
    },
  })
  return { file: join(folder, 'out', 'program.mjs'), warnings }
}

/** As for workerd, without a plugin that takes imports of WebAssembly. */
export const viteForWorkerd = (entry, folder) => withVite(entry, folder, ['workerd', 'module'])

/** As for the target `bundler` of wasm-pack: imports of WebAssembly are modules. */
export const webpackForTarget = (entry, folder) => withWebpack(entry, folder, { asyncWebAssembly: true })

/** As for a release: minified. The others do that by themselves. */
export const rollupMinified = (entry, folder) => withRollup(entry, folder, [terser()])

export const BUNDLERS = { esbuild: withEsbuild, rollup: withRollup, webpack: withWebpack, vite: withVite }
