/**
 * Programs of users compile: under each TypeScript that we promise, by each way to resolve modules, without a platform,
 * in a browser and in Node, with the checks of all declarations on (`skipLibCheck: false`). What must not compile in
 * them is behind `@ts-expect-error`, which is an error itself where there is none.
 */
import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './entries.ts'

const HERE = import.meta.dirname
/** The examples in TypeScript are programs too. */
const EXAMPLES = ['README.md', ...readdirSync(resolve(ROOT, 'docs')).map((name) => `docs/${name}`)]
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => [...readFileSync(resolve(ROOT, file), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)])
  .map(([, code]) => code as string)
const COMPILERS = ['5.7', '5.9', '6.0', '7.0']
const RESOLUTIONS = ['node16', 'nodenext', 'bundler']

/** What is compiled together: folders of programs, with the libraries of TypeScript and the packages of types. */
interface Case {
  readonly compiler: string
  readonly resolution: string
  readonly lib: readonly string[]
  readonly types: readonly string[]
  readonly programs: readonly string[]
}

/**
 * Where programs run. To check Node's own declarations takes longer than all else: one resolution is enough for them.
 */
const PLATFORMS = [
  { platform: 'no platform', lib: ['es2020'], types: [], programs: ['any'], resolutions: RESOLUTIONS },
  {
    platform: 'a browser',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    programs: ['any', 'dom'],
    resolutions: RESOLUTIONS,
  },
  {
    platform: 'Node',
    lib: ['es2022'],
    types: ['node'],
    programs: ['any', 'node'],
    resolutions: ['nodenext'],
  },
  // The entries of sockets bring Node's types with them: TypeScript 6.0 and later look for none by default.
  { platform: 'sockets', lib: ['es2022'], types: [], programs: ['sockets'], resolutions: ['nodenext'] },
]

const CASES = COMPILERS.flatMap((compiler) =>
  PLATFORMS.flatMap(({ resolutions, ...settings }) =>
    resolutions.map((resolution) => ({ compiler, resolution, ...settings })),
  ),
)

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-types-'))
  cpSync(resolve(HERE, 'programs'), folder, { recursive: true })
  for (const [i, code] of EXAMPLES.entries()) writeFileSync(join(folder, `any/document-${i}.ts`), code)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(ROOT, join(modules, 'wamp-codec'), 'junction')
  symlinkSync(resolve(HERE, 'node_modules/@types'), join(modules, '@types'), 'junction')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the compiler says of the programs; nothing when they are well. */
async function complaints({ compiler, resolution, lib, types, programs }: Case): Promise<string> {
  const compilerOptions = {
    target: 'es2022',
    lib,
    types,
    module: resolution === 'bundler' ? 'esnext' : resolution,
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    skipLibCheck: false,
    // The libraries of TypeScript itself are not ours to check.
    skipDefaultLibCheck: true,
  }
  const files = programs.flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  )
  const config = join(folder, `${compiler}-${resolution}-${programs.join('-')}.json`)
  writeFileSync(config, JSON.stringify({ compilerOptions, files }))
  const tsc = resolve(HERE, `node_modules/typescript-${compiler}/bin/tsc`)
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', config])
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

test.each(CASES)('programs for $platform compile with TypeScript $compiler and $resolution', async (row) => {
  expect(readdirSync(join(folder, 'any')).filter((name) => name.startsWith('document-')).length).toBe(4)
  expect(await complaints(row)).toBe('')
})

test.each(COMPILERS)(
  'TypeScript %s refuses a wrong program: it looks at what it is given',
  async (compiler) => {
    mkdirSync(join(folder, 'wrong'), { recursive: true })
    const program = "import { createCodec } from 'wamp-codec'\ncreateCodec({ depth: 1 })\n"
    writeFileSync(join(folder, 'wrong/program.ts'), program)
    const row = { compiler, resolution: 'nodenext', lib: ['es2020'], types: [], programs: ['wrong'] }
    expect(await complaints(row)).toContain("'depth' does not exist in type 'CodecOptions'")
  },
)
