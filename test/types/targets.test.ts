/** The targets in dist/pkg/ have their types with them: a folder that is copied out alone compiles. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './entries.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-targets-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const USE = `
const frame: Uint8Array = createCodec().serializer('cbor').encode(new Publish({ request: 1, topic: 'a.b' }))
// @ts-expect-error
createCodec({ maxdepth: 5 })
export { frame }
`

/** What each script exports beside the rest; those without a default are loaded as they are. */
const IMPORTS = {
  bundler: 'import { createCodec, Publish } from',
  deno: 'import { createCodec, Publish } from',
  nodejs: 'import { createCodec, Publish } from',
  web: 'import init, { createCodec, initSync, Publish } from',
  'no-modules': 'import init, { createCodec, initSync, Publish } from',
}

test.each(Object.entries(IMPORTS))('%s', (target, imports) => {
  const place = join(folder, target)
  cpSync(join(ROOT, 'dist/pkg', target), place, { recursive: true })
  const program = join(folder, `${target}.mts`)
  const global =
    target === 'no-modules' ? 'export const made = wamp_codec().then(() => wamp_codec.createCodec())\n' : ''
  const more = imports.includes('init')
    ? 'export const ready: Promise<void> = init()\nexport { initSync }\n'
    : ''
  writeFileSync(program, `${imports} './${target}/wamp_codec.js'\n${USE}${more}${global}`)
  const compiled = ts.createProgram([program], {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    types: [],
  })
  const complaints = ts.getPreEmitDiagnostics(compiled)
  expect(complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  const outside = compiled.getSourceFiles().map(({ fileName }) => fileName)
  expect(outside.filter((file) => file.includes('/dist/'))).toEqual([])
})
