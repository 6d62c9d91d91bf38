/**
 * What each entry of the package weighs in an application, kernel included: a program for each, bundled and minified
 * for browsers (sockets for Node) and compressed by gzip. One table with the budgets, for the build, which fails when
 * one is exceeded, and for docs/bundle-size.md (test/consumers/sizes.mjs). A budget has room for one part in a hundred:
 * for a new option or message, not for a careless import.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ENTRIES, FORMAT_NAMES, TOOL_NAMES, TOOLS } from './entries.mjs'
import { JAVASCRIPT_KERNELS, KERNELS } from './kernel-table.mjs'

/** The first example of the README: a frame in, and a frame of another serializer out. */
const example = (imports, codec) => `${imports}
const codec = ${codec}
const frame = new Uint8Array(await (await fetch('/frame')).arrayBuffer())
const event = EventMessage.from(codec.serializer('cbor').decode(frame), { subscription: 7, publication: 12 })
console.log(codec.serializer(location.hash).encode(event))
`

/** `fast-values` -> `fastValues`. */
const nameOf = (tool) => tool.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase())

/** The example with a codec of formats and tools. */
function custom(entry, formats, tools = []) {
  const imports = [
    `import { createCodec, EventMessage } from 'wamp-codec/${entry}'`,
    ...formats.map((name) => `import { ${name} } from 'wamp-codec/formats/${name}'`),
    ...tools.map((name) => `import { ${nameOf(name)} } from 'wamp-codec/tools/${name}'`),
  ]
  const named = `formats: [${formats.join(', ')}], tools: [${tools.map(nameOf).join(', ')}]`
  return example(imports.join('\n'), `createCodec({ ${named} })`)
}

const everythingOf = (entry) => `export * from 'wamp-codec${entry.slice(1)}'`
const THREE = ['json', 'msgpack', 'cbor']

/** Bytes, gzipped, of `wamp-codec/custom` with three formats and one tool, or with a class beside it. */
const WITH_TOOL = {
  dissect: 81_200,
  'fast-values': 85_400,
  lists: 86_100,
  losses: 82_800,
  payloads: 81_600,
  statistics: 81_100,
  transcode: 81_600,
  transfer: 82_300,
  views: 82_900,
  'fan-out': 81_800,
  'raw-socket': 82_400,
}

const WITH_FORMAT = {
  json: [69_800, custom('custom', ['json'])],
  msgpack: [70_800, custom('custom', ['msgpack'])],
  cbor: [71_600, custom('custom', ['cbor'])],
  ubjson: [86_300, custom('custom-full', ['ubjson'])],
  flatbuffers: [96_600, custom('custom-full', ['flatbuffers'])],
  flexbuffers: [94_100, custom('custom-full', ['cbor', 'flexbuffers'])],
}

/** A class that is a tool beside the codec. */
const withClass = (tool, name) =>
  `import { ${name} } from 'wamp-codec/tools/${tool}'\n${custom('custom', THREE)}console.log(${name})\n`

const programWith = (tool) => {
  if (tool === 'fan-out') return withClass(tool, 'FanOut')
  return tool === 'raw-socket' ? withClass(tool, 'RawSocketCodec') : custom('custom', THREE, [tool])
}

const codecOf = (entry) => example(`import { createCodec, EventMessage } from '${entry}'`, 'createCodec()')

/**
 * The programs: `entry` in `exports`, `what` it is in words, the most bytes that it may have, and its text; `external`
 * packages are not in it, `node` is where it runs.
 */
export const PROGRAMS = [
  { entry: '.', what: 'every format and tool', budget: 141_000, text: codecOf('wamp-codec') },
  { entry: './core', what: 'three formats, every tool', budget: 99_600, text: codecOf('wamp-codec/core') },
  { entry: './custom', what: 'three formats, no tool', budget: 80_700, text: custom('custom', THREE) },
  {
    ...{ entry: './custom', what: 'three formats, all tools of createCodec', budget: 100_000 },
    text: custom('custom', THREE, TOOLS),
  },
  {
    ...{ entry: './custom-full', what: 'three formats, no tool', budget: 92_700 },
    text: custom('custom-full', THREE),
  },
  ...FORMAT_NAMES.map((name) => {
    const [budget, text] = WITH_FORMAT[name]
    return { entry: `./formats/${name}`, what: 'that format, no tool', budget, text }
  }),
  ...TOOL_NAMES.map((name) => {
    const budget = WITH_TOOL[name]
    return { entry: `./tools/${name}`, what: 'three formats, that tool', budget, text: programWith(name) }
  }),
  {
    entry: './message',
    what: 'one class',
    budget: 23_400,
    text: "export { Publish } from 'wamp-codec/message'",
  },
  { entry: './message', what: 'all classes', budget: 46_500, text: everythingOf('./message') },
  // The goal was 15 KB: the readers take 6.5 KB, and read lists 1.4 to 4 times as fast as those before them.
  {
    entry: './lists',
    what: 'three formats',
    budget: 27_500,
    text: "export { createLists } from 'wamp-codec/lists'",
  },
  { entry: './lists', what: 'JSON', budget: 17_100, text: "export { jsonLists } from 'wamp-codec/lists'" },
  { entry: './lists', what: 'CBOR', budget: 19_100, text: "export { cborLists } from 'wamp-codec/lists'" },
  {
    entry: './lists',
    what: 'MsgPack',
    budget: 18_400,
    text: "export { msgpackLists } from 'wamp-codec/lists'",
  },
  ...Object.entries({ './ws': 29_900, './net': 31_200, './fox-wamp': 1500 }).map(([entry, budget]) => ({
    ...{ entry, what: 'without a codec and its peer', budget, text: everythingOf(entry) },
    ...{ node: true, external: ['ws', 'fox-wamp'] },
  })),
  ...['./autobahn', './wampy', './kraftfahrstrasse', './wampproto'].map((entry) => ({
    ...{ entry, what: 'without lists', budget: 600, text: everythingOf(entry) },
  })),
]

/** The kernels as files: bytes, compressed as servers do it. */
const FILES = [
  { entry: './kernel-simd.wasm', budget: 23_400 },
  { entry: './kernel-scalar.wasm', budget: 22_300 },
  { entry: './kernel-core-simd.wasm', budget: 13_100 },
  { entry: './kernel-core-scalar.wasm', budget: 12_400 },
  { entry: './kernel-scalar.js', budget: 33_900 },
  { entry: './kernel-core-scalar.js', budget: 18_700 },
]

/** Bytes as gzip -9 makes them. */
export function compressed(bytes) {
  return gzipSync(bytes, { level: 9 }).length
}

/** Bundles a program with esbuild; returns its bytes, compressed. Throws Error when esbuild warns of something. */
export async function sizeOf({ text, node = false, external = [] }, resolveDir = '.') {
  const { outputFiles, warnings } = await build({
    stdin: { contents: text, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: node ? 'node' : 'browser',
    external,
    write: false,
    logLevel: 'silent',
  })
  if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.text).join('\n'))
  return compressed(outputFiles[0].contents)
}

/** Entries of the table that have no program and no budget. */
export function unbudgeted() {
  const known = new Set([...PROGRAMS, ...FILES].map(({ entry }) => entry))
  const kernels = [
    ...KERNELS.map(({ name }) => `${name}.wasm`),
    ...JAVASCRIPT_KERNELS.map((name) => `${name}.js`),
  ]
  return [...ENTRIES.map(({ name }) => name), ...kernels.map((name) => `./${name}`)].filter(
    (name) => !known.has(name),
  )
}

/** What is over its budget, in words. */
export function overBudget(sizes) {
  return sizes
    .filter(({ bytes, budget }) => bytes > budget)
    .map(
      ({ entry, what, bytes, budget }) =>
        `${entry} (${what ?? 'file'}): ${bytes} bytes, the budget is ${budget}`,
    )
}

/** Measures everything in dist/. */
export async function measured() {
  const programs = PROGRAMS.map(async (program) => ({ ...program, bytes: await sizeOf(program) }))
  const files = FILES.map((file) => ({
    ...file,
    bytes: compressed(readFileSync(file.entry.replace('./', 'dist/'))),
  }))
  return [...(await Promise.all(programs)), ...files]
}

/** Fails the build when an entry is over its budget, or has none. */
export async function checkSizes() {
  const faults = [...unbudgeted().map((entry) => `${entry} has no budget`), ...overBudget(await measured())]
  if (faults.length > 0) throw new Error(`sizes (build/sizes.mjs):\n${faults.join('\n')}`)
}
