/** `wamp-codec/custom` as built: a bundle has the formats and tools that are named, and no others. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './run.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-custom-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A function of each format that no other needs; FlatBuffers brings CBOR, and so do two tools. */
const FORMATS = {
  json: 'encodeJson',
  msgpack: 'encodeMsgpack',
  cbor: 'encodeCbor',
  ubjson: 'encodeUbjson',
  flatbuffers: 'flatbuffersLosses',
  flexbuffers: 'encodeFlexbuffers',
} as const
type Format = keyof typeof FORMATS

/** A function or class of each tool. */
const TOOLS = {
  dissect: 'dissectFrame',
  'fast-values': 'readDirect',
  lists: 'MessageLists',
  losses: 'messageLosses',
  payloads: 'FormatCodec',
  statistics: 'Statistics',
  transcode: 'transcodeMessage',
  transfer: 'transferableOf',
  views: 'EncodedView',
} as const
type Tool = keyof typeof TOOLS

const CLASSES = { 'fan-out': 'FanOut', 'raw-socket': 'RawSocketCodec' } as const

const nameOf = (tool: string): string => tool.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const formatNames = Object.keys(FORMATS) as Format[]
const toolNames = Object.keys(TOOLS) as Tool[]

async function bundled(
  formats: readonly Format[],
  tools: readonly Tool[],
  { entry = 'custom', more = '' } = {},
): Promise<{ text: string; use(): unknown }> {
  const contents = [
    `import { createCodec, Publish } from 'wamp-codec/${entry}'`,
    ...formats.map((name) => `import { ${name} } from 'wamp-codec/formats/${name}'`),
    ...tools.map((name) => `import { ${nameOf(name)} } from 'wamp-codec/tools/${name}'`),
    more,
    `export function use() {
       const codec = createCodec({ formats: [${formats}], tools: [${tools.map(nameOf)}] })
       const message = new Publish({ request: 1, topic: 'a.b', args: ['hé', { a: [1.5, null] }] })
       return ${JSON.stringify(formats.filter((name) => name !== 'flexbuffers'))}.map((id) => {
         const serializer = codec.serializer(id)
         const { topic, args } = serializer.decode(serializer.encode(message))
         return [id, topic, args]
       })
     }`,
  ].join('\n')
  const outfile = join(folder, `${[entry, ...formats, ...tools].join('-')}.mjs`)
  await build({
    stdin: { contents, resolveDir: join(ROOT, 'test/package/fixtures') },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  })
  const { use } = (await import(pathToFileURL(outfile).href)) as { use(): unknown }
  return { text: readFileSync(outfile, 'utf8'), use }
}

/** Those of some names that a bundle declares. */
const declared = (text: string, names: readonly string[]): string[] =>
  names.filter((name) => new RegExp(`\\b(?:function|class|var) ${name}\\d*\\b`).test(text))

const markersOf = <Name extends string>(table: Readonly<Record<Name, string>>, names: readonly Name[]) =>
  names.map((name) => table[name])

const WORKS = (formats: readonly Format[]): unknown =>
  formats.filter((name) => name !== 'flexbuffers').map((name) => [name, 'a.b', ['hé', { a: [1.5, null] }]])

const FORMAT_SETS: readonly (readonly Format[])[] = [
  ...formatNames.map((name) => [name]),
  ['json', 'msgpack', 'cbor'],
  ['json', 'ubjson'],
]

test.each(FORMAT_SETS)('a bundle with the format %s %s %s works and has no other', async (...formats) => {
  const named = formats.filter((name) => name !== undefined)
  const { text, use } = await bundled(named, [], { entry: 'custom-full' })
  expect(use()).toEqual(WORKS(named))
  const brought: Format[] = named.includes('flatbuffers') ? ['cbor'] : []
  const expected = formatNames.filter((name) => named.includes(name) || brought.includes(name))
  expect(declared(text, Object.values(FORMATS))).toEqual(markersOf(FORMATS, expected))
  expect(declared(text, Object.values(TOOLS))).toEqual([])
})

test.each(toolNames)('a bundle with the tool %s works and has no other', async (tool) => {
  const { text, use } = await bundled(['json', 'msgpack', 'cbor'], [tool])
  expect(use()).toEqual(WORKS(['json', 'msgpack', 'cbor']))
  // Lists have payload values too.
  const brought: Tool[] = tool === 'lists' ? ['payloads'] : []
  const expected = toolNames.filter((name) => name === tool || brought.includes(name))
  expect(declared(text, Object.values(TOOLS))).toEqual(markersOf(TOOLS, expected))
})

test.each(Object.entries(CLASSES))(
  'the class of tools/%s is in a bundle that names it alone',
  async (tool, name) => {
    const more = `import { ${name} } from 'wamp-codec/tools/${tool}'\nexport { ${name} }`
    const [without, withIt] = [await bundled(['cbor'], []), await bundled(['cbor'], [], { more })]
    expect(declared(without.text, Object.values(CLASSES))).toEqual([])
    expect(declared(withIt.text, Object.values(CLASSES))).toEqual([name])
  },
)

describe('the kernel in a bundle', () => {
  // The first bytes of a module, as text.
  const kernels = (text: string): number[] =>
    [...text.matchAll(/"(0061736d[0-9a-f]+)"/g)].map(([, hex]) => (hex as string).length / 2)
  const size = (name: string): number => readFileSync(join(ROOT, 'dist', `${name}.wasm`)).length

  test('of wamp-codec/custom is the core kernel alone', async () => {
    expect(kernels((await bundled(['json'], [])).text)).toEqual([size('kernel-core-simd')])
  })

  test('of wamp-codec/custom-full is the full kernel alone, whatever the formats', async () => {
    const full = [size('kernel-simd')]
    expect(kernels((await bundled(['json'], [], { entry: 'custom-full' })).text)).toEqual(full)
    expect(kernels((await bundled(['json', 'ubjson'], [], { entry: 'custom-full' })).text)).toEqual(full)
  })

  test('of wamp-codec/custom with a format that needs the full one are both, and it works', async () => {
    const { text, use } = await bundled(['json', 'ubjson'], [])
    expect(kernels(text).sort()).toEqual([size('kernel-core-simd'), size('kernel-simd')].sort())
    expect(use()).toEqual(WORKS(['json', 'ubjson']))
  })
})
