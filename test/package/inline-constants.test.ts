/** Tests of build/inline-constants.mjs: numbers of abi.ts in place of their names, and what keeps its import. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './run.ts'

type Inline = (folder: string) => void
let inlineConstants: Inline
let folder: string

beforeAll(async () => {
  const script = pathToFileURL(join(ROOT, 'build/inline-constants.mjs')).href
  inlineConstants = ((await import(script)) as { inlineConstants: Inline }).inlineConstants
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-inline-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ABI = `export const OK = 0; // fine
export const KIND_TEXT = 3;
export const FLAG_ALL = 0xff;
export const NO_ROOM = -2;
export const TABLE = new Uint8Array(4);
`

/** What becomes of a module that is one folder away from abi.js. */
function inlined(text: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'kernel'), { recursive: true })
  mkdirSync(join(folder, 'payload'))
  writeFileSync(join(folder, 'kernel/abi.js'), ABI)
  writeFileSync(join(folder, 'payload/a.js'), text)
  inlineConstants(folder)
  expect(readFileSync(join(folder, 'kernel/abi.js'), 'utf8')).toBe(ABI)
  return readFileSync(join(folder, 'payload/a.js'), 'utf8').trim()
}

describe('numbers take the place of', () => {
  test.each([
    ['names', "import { OK, FLAG_ALL } from '../kernel/abi.js';\nuse(OK, [FLAG_ALL])", 'use(0, [0xff])'],
    [
      'names in a space',
      "import * as abi from '../kernel/abi.js';\nuse(abi.OK + abi.KIND_TEXT)",
      'use(0 + 3)',
    ],
    [
      'names of other imports, which stay',
      "import { OK } from './abi.js';\nimport { x } from './b.js';\nx(OK)",
      "import { x } from './b.js';\nx(0)",
    ],
    ['other names for them', "import { OK as KIND_TEXT } from '../kernel/abi.js';\nuse(KIND_TEXT)", 'use(0)'],
    ['negative ones', "import { NO_ROOM } from '../kernel/abi.js';\nuse(-NO_ROOM)", 'use(-(-2))'],
    [
      'cases',
      "import { OK } from '../kernel/abi.js';\nswitch (x) { case OK: y() }",
      'switch (x) { case 0: y() }',
    ],
    [
      'values of properties',
      "import { OK } from '../kernel/abi.js';\nuse({ OK: OK, a: OK })",
      'use({ OK: 0, a: 0 })',
    ],
    [
      'keys in brackets',
      "import { OK } from '../kernel/abi.js';\nuse(x[OK], { [OK]: 1 })",
      'use(x[0], { [0]: 1 })',
    ],
  ])('numbers take the place of %s', (_, before, after) => {
    expect(inlined(before)).toBe(after)
  })

  test('what only has the same name stays', () => {
    const rest = 'use(x.OK, { OK: 1 }, y.abi.OK, class { OK() {} }, "OK") // OK'
    expect(inlined(`import { OK } from '../kernel/abi.js';\n${rest}`)).toBe(rest)
    expect(inlined(`import * as abi from '../kernel/abi.js';\n${rest}`)).toBe(rest)
  })
})

describe('the import stays where', () => {
  test.each([
    ['something is no number', "import { OK, TABLE } from '../kernel/abi.js';\nuse(OK, TABLE)"],
    ['something of a space is no number', "import * as abi from '../kernel/abi.js';\nuse(abi.OK, abi.TABLE)"],
    ['a space is passed on', "import * as abi from '../kernel/abi.js';\nuse(abi.OK, abi)"],
    ['something is not known', "import { UNKNOWN } from '../kernel/abi.js';\nuse(UNKNOWN)"],
  ])('the import stays where %s', (_, text) => {
    expect(inlined(text)).toBe(text)
  })
})

test('a shorthand says how to write it', () => {
  expect(() => inlined("import { OK } from '../kernel/abi.js';\nuse({ OK })")).toThrow('write { OK: OK }')
})

const built = join(ROOT, 'build/dist')
test.skipIf(!existsSync(built))('nothing that was built imports numbers', () => {
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  )
  expect(files.length).toBeGreaterThan(50)
  const importing = files.filter((name) =>
    /from '[^']*\/abi\.js'/.test(readFileSync(join(built, name), 'utf8')),
  )
  expect(importing).toEqual([])
})
