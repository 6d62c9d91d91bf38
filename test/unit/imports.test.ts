/** The direction of imports: each layer may import those below it, and nobody imports upwards or sideways. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../../src')

/** Layers from the bottom; those in one row must not import each other. Files of `src` itself are named. */
const LAYERS: readonly (readonly string[])[] = [
  ['arguments.ts', 'errors.ts'],
  ['brand.ts', 'counters.ts', 'limits.ts', 'generated'],
  ['policy.ts', 'stats.ts'],
  ['text-coders.ts'],
  ['kernel'],
  ['payload'],
  ['message'],
  ['serializer'],
  ['lists', 'formats'],
  ['tools'],
  ['codec.ts', 'transport'],
  ['variants', 'router'],
  ['api-shared.ts'],
  ['api.ts', 'api-custom.ts'],
  ['core.ts', 'custom.ts', 'custom-full.ts', 'index.ts'],
  ['workerd.ts', 'workerd-core.ts', 'workerd-custom.ts', 'workerd-custom-full.ts'],
  ['clients', 'cli', 'sockets', 'targets'],
]

/** Only these may use what Node alone has. */
const NODE_ONLY = ['cli', 'sockets', 'targets']

/** Optional peers of the package, and the file that imports each; of some clients only types. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  'clients/autobahn.ts': ['autobahn'],
  'clients/kraftfahrstrasse.ts': ['@verkehrsministerium/kraftfahrstrasse'],
  'clients/fox-wamp.ts': ['fox-wamp/lib/wamp/gate.js', 'ws'],
  'sockets/ws.ts': ['ws'],
}

/** Where `import` and `export ... from` reach; an import of types counts as well. */
const FROM = /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm

interface Source {
  readonly file: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('generated/'))
  .sort()
  .map((file) => {
    const text = readFileSync(`${SRC}/${file}`, 'utf8')
    return { file, text, imports: [...text.matchAll(FROM)].map(([, from, alone]) => from ?? alone ?? '') }
  })

const layerOf = (path: string): string => path.split('/')[0] as string

const heightOf = (layer: string): number => LAYERS.findIndex((row) => row.includes(layer))

/** The layer that a relative import reaches, seen from a file. */
const target = (file: string, specifier: string): string =>
  layerOf(posix.join(posix.dirname(file), specifier))

test('every file belongs to a layer', () => {
  expect(sources.filter(({ file }) => heightOf(layerOf(file)) < 0).map(({ file }) => file)).toEqual([])
})

test.each(sources)('$file imports only its own layer and those below it', ({ file, imports }) => {
  const layer = layerOf(file)
  const wrong = imports.filter((specifier) => {
    if (!specifier.startsWith('.') || specifier.endsWith('.wasm')) return false
    const other = target(file, specifier)
    return other !== layer && (heightOf(other) < 0 || heightOf(other) >= heightOf(layer))
  })
  expect(wrong).toEqual([])
})

test('no file imports a package but its own peer, and only the layers above the library import from Node', () => {
  const foreign = sources.flatMap(({ file, imports }) =>
    imports
      .filter((name) => !name.startsWith('.') && !PEERS[file]?.includes(name))
      .filter((name) => !name.startsWith('node:') || !NODE_ONLY.includes(layerOf(file)))
      .map((name) => `${file}: ${name}`),
  )
  expect(foreign).toEqual([])
})

const barrels = sources.filter(({ file }) =>
  /^(index|core|api|api-\w+|message\/index|transport\/index)\.ts$/.test(file),
)
test.each(barrels)('$file only re-exports', ({ text }) => {
  const rest = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^export [^;=()]*? from '[^']+'$/gm, '')
  expect(rest.trim()).toBe('')
})

test.each(['arguments.ts', 'errors.ts'])('%s imports nothing', (name) => {
  expect(sources.find(({ file }) => file === name)?.imports).toEqual([])
})

test('message/index.ts is for applications: inside the package only entries name it, as the namespace', () => {
  const users = sources.filter(({ imports }) => imports.some((name) => name.endsWith('message/index.ts')))
  expect(users.map(({ file }) => file).sort()).toEqual([
    'core.ts',
    'index.ts',
    'targets/instance.ts',
    'targets/nodejs.ts',
    'targets/web.ts',
    'workerd-core.ts',
    'workerd.ts',
  ])
})

/** Imports of types alone that close a circle, each with its reason. */
const TYPES_BACK: Readonly<Record<string, string>> = {
  // `Message.parse` gives any message, and each is a subclass.
  'message/message.ts': 'message/classes.ts',
}

/** The first circle of files that is found from one of them on; null without one. */
function circleFrom(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>()
  const way: string[] = []
  const visit = (file: string): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return null
    way.push(file)
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next)
      if (circle !== null) return circle
    }
    way.pop()
    done.add(file)
    return null
  }
  for (const file of graph.keys()) {
    const circle = visit(file)
    if (circle !== null) return circle
  }
  return null
}

test('no files import each other in a circle, not even types, but for those that are named here', () => {
  const graph = new Map(
    sources.map(({ file, imports }) => [
      file,
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(file), specifier))
        .filter((other) => other !== TYPES_BACK[file]),
    ]),
  )
  expect(graph.size).toBeGreaterThan(200)
  expect(circleFrom(graph)).toBeNull()
})

test.each(Object.entries(TYPES_BACK))('%s imports types alone from %s', (from, to) => {
  const { text } = sources.find(({ file }) => file === from) as Source
  const specifier = `./${posix.relative(posix.dirname(from), to)}`
  expect(text.split('\n').filter((line) => line.includes(`'${specifier}'`))).toEqual([
    expect.stringMatching(/^import type /),
  ])
})

test('a circle is found, and named', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ])
  expect(circleFrom(graph)).toEqual(['b', 'd', 'b'])
})
