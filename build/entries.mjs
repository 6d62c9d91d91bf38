/**
 * The entries of the package, one row each: from here the build takes its inputs, and package.json its `exports` (after
 * a change: `node build/exports.mjs`; test/package/entries.test.ts holds the two against each other).
 *
 * - `name` in `exports`;
 * - `source`, a module of src/ without `.ts`; the declarations have the same path in dist/types/;
 * - `file` in dist/ without `.js`;
 * - `workerd`, a second source for the condition of that name, where the kernel is an import;
 * - `with`, modules of src/ that are loaded with this entry, used or not. Modules with different users come into
 *   different files, and each file takes half a millisecond to load: an entry that is never used alone names what it is
 *   used with, and splits nothing;
 * - `isSpace`: another entry has it as a namespace, and it stays a file of its own.
 */

import { JAVASCRIPT_KERNELS, KERNELS } from './kernel-table.mjs'

/** The codec, all messages, the formats of the core kernel and the tools, without a kernel. */
const CODEC = ['api', 'api-custom', 'variants/custom', 'formats/core', 'tools/all']

/** The same with a kernel, and the formats that only it knows. */
const CORE = [...CODEC, 'variants/core']
const FULL = [...CODEC, 'variants/full']

const CORE_FORMATS = ['json', 'msgpack', 'cbor']
const FULL_FORMATS = ['ubjson', 'flatbuffers', 'flexbuffers']

/** Names of `wamp-codec/formats/...`, which are those of the modules. */
export const FORMAT_NAMES = [...CORE_FORMATS, ...FULL_FORMATS]

/** Names of `wamp-codec/tools/...` that are given to `createCodec`, and modules of classes. */
export const TOOLS = [
  ...['dissect', 'fast-values', 'lists', 'losses', 'payloads'],
  ...['statistics', 'transcode', 'transfer', 'views'],
]
const CLASSES = { 'fan-out': 'router/fan-out', 'raw-socket': 'transport/index' }
export const TOOL_NAMES = [...TOOLS, ...Object.keys(CLASSES)]

export const ENTRIES = [
  { name: '.', source: 'index', file: 'index', workerd: 'workerd' },
  { name: './core', source: 'core', file: 'core', workerd: 'workerd-core' },
  { name: './custom', source: 'custom', file: 'custom', workerd: 'workerd-custom', with: CORE },
  {
    ...{ name: './custom-full', source: 'custom-full', file: 'custom-full' },
    ...{ workerd: 'workerd-custom-full', with: FULL },
  },
  ...CORE_FORMATS.map((name) => part('formats', name, `formats/${name}`, CODEC)),
  ...FULL_FORMATS.map((name) => part('formats', name, `formats/${name}`, FULL)),
  ...TOOLS.map((name) => part('tools', name, `tools/${name}`, CODEC)),
  ...Object.entries(CLASSES).map(([name, source]) => part('tools', name, source, CODEC)),
  { name: './message', source: 'message/index', file: 'message', with: CODEC, isSpace: true },
  { name: './lists', source: 'lists/index', file: 'lists' },
  { name: './ws', source: 'sockets/ws', file: 'ws', with: CODEC },
  { name: './net', source: 'sockets/net', file: 'net', with: CODEC },
  { name: './autobahn', source: 'clients/autobahn', file: 'autobahn' },
  { name: './wampy', source: 'clients/wampy', file: 'wampy' },
  { name: './kraftfahrstrasse', source: 'clients/kraftfahrstrasse', file: 'kraftfahrstrasse' },
  { name: './wampproto', source: 'clients/wampproto', file: 'wampproto' },
  { name: './fox-wamp', source: 'clients/fox-wamp', file: 'fox-wamp', with: CODEC },
]

function part(folder, name, source, neighbours) {
  return {
    name: `./${folder}/${name}`,
    source,
    file: `${folder}-${name}`,
    with: neighbours,
  }
}

/** The command: the only module that does something when it is loaded. */
export const COMMAND = { name: 'wamp-codec', source: 'cli/main', file: 'cli', with: CODEC }

/** What the build bundles: files in dist/ with their sources, and what they load too. */
export function bundled() {
  const workerd = ENTRIES.filter((entry) => entry.workerd !== undefined).map((entry) => ({
    source: entry.workerd,
    file: entry.workerd,
    with: entry.with,
  }))
  return [COMMAND, ...ENTRIES, ...workerd]
}

/**
 * Tools for workerd take WebAssembly as an import: wrangler and Cloudflare's plugin for vite have the condition
 * `worker`. Bundlers that were given `workerd` alone do not, and those with the condition `module` (vite, rollup)
 * cannot even build it.
 */
function forWorkerd(compiled, embedded) {
  return { worker: compiled, module: embedded, default: compiled }
}

/** The fields of package.json that follow from the tables. */
export function packageFields() {
  const exports = {}
  for (const { name, source, file, workerd } of ENTRIES) {
    exports[name] = {
      types: `./dist/types/${source}.d.ts`,
      ...(workerd === undefined ? {} : { workerd: forWorkerd(`./dist/${workerd}.js`, `./dist/${file}.js`) }),
      default: `./dist/${file}.js`,
    }
  }
  for (const { name } of KERNELS) {
    exports[`./${name}.wasm`] = { types: `./dist/${name}.wasm.d.ts`, default: `./dist/${name}.wasm` }
  }
  for (const name of JAVASCRIPT_KERNELS) {
    exports[`./${name}.js`] = { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` }
  }
  // What wasm-pack would make: scripts, kernels and types, by their paths.
  exports['./pkg/*'] = './dist/pkg/*'
  exports['./package.json'] = './package.json'
  return {
    bin: { [COMMAND.name]: `dist/${COMMAND.file}.js` },
    // For resolvers that know no `exports`.
    main: exports['.'].default,
    types: exports['.'].types,
    exports,
  }
}
