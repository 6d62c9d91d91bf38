/** Tests of build/inline-constants.mjs: numbers of abi.ts in place of their names, and what keeps its import. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './run.ts'

interface Script {
  constantsOf(text: string): ReadonlyMap<string, string>
  inlineConstants(name: string, text: string, constants: ReadonlyMap<string, string>, from: string): string
}
let script: Script

beforeAll(async () => {
  script = (await import(pathToFileURL(join(ROOT, 'build/inline-constants.mjs')).href)) as Script
})

const ABI = `export const OK = 0 // fine
export const KIND_TEXT = 3
export const FLAG_ALL = 0xff
export const NO_ROOM = -2
export const TABLE: Uint8Array = new Uint8Array(4)
`

function inlined(text: string): string {
  return script.inlineConstants('a.ts', text, script.constantsOf(ABI), 'abi.ts').trim()
}

describe('numbers take the place of', () => {
  test.each([
    ['names', "import { OK, FLAG_ALL } from '../kernel/abi.ts';\nuse(OK, [FLAG_ALL])", 'use(0, [0xff])'],
    [
      'names in a space',
      "import * as abi from '../kernel/abi.ts';\nuse(abi.OK + abi.KIND_TEXT)",
      'use(0 + 3)',
    ],
    [
      'names of other imports, which stay',
      "import { OK } from './abi.ts';\nimport { x } from './b.ts';\nx(OK)",
      "import { x } from './b.ts';\nx(0)",
    ],
    ['other names for them', "import { OK as KIND_TEXT } from '../kernel/abi.ts';\nuse(KIND_TEXT)", 'use(0)'],
    ['negative ones', "import { NO_ROOM } from '../kernel/abi.ts';\nuse(-NO_ROOM)", 'use(-(-2))'],
    [
      'cases',
      "import { OK } from '../kernel/abi.ts';\nswitch (x) { case OK: y() }",
      'switch (x) { case 0: y() }',
    ],
    [
      'values of properties',
      "import { OK } from '../kernel/abi.ts';\nuse({ OK: OK, a: OK })",
      'use({ OK: 0, a: 0 })',
    ],
    [
      'keys in brackets',
      "import { OK } from '../kernel/abi.ts';\nuse(x[OK], { [OK]: 1 })",
      'use(x[0], { [0]: 1 })',
    ],
  ])('numbers take the place of %s', (_, before, after) => {
    expect(inlined(before)).toBe(after)
  })

  test('types lose their import, which is left out with them', () => {
    const text = "import { OK } from '../kernel/abi.ts'\nlet x: typeof OK = OK"
    expect(inlined(text)).toBe('let x: typeof OK = 0')
  })

  test('what only has the same name stays', () => {
    const rest = 'use(x.OK, { OK: 1 }, y.abi.OK, class { OK() {} }, "OK") // OK'
    expect(inlined(`import { OK } from '../kernel/abi.ts';\n${rest}`)).toBe(rest)
    expect(inlined(`import * as abi from '../kernel/abi.ts';\n${rest}`)).toBe(rest)
  })
})

describe('the import stays where', () => {
  test.each([
    ['something is no number', "import { OK, TABLE } from '../kernel/abi.ts';\nuse(OK, TABLE)"],
    ['something of a space is no number', "import * as abi from '../kernel/abi.ts';\nuse(abi.OK, abi.TABLE)"],
    ['a space is passed on', "import * as abi from '../kernel/abi.ts';\nuse(abi.OK, abi)"],
    ['something is not known', "import { UNKNOWN } from '../kernel/abi.ts';\nuse(UNKNOWN)"],
  ])('the import stays where %s', (_, text) => {
    expect(inlined(text)).toBe(text)
  })
})

test('a shorthand says how to write it', () => {
  expect(() => inlined("import { OK } from '../kernel/abi.ts';\nuse({ OK })")).toThrow('write { OK: OK }')
})

const built = join(ROOT, 'dist')
test.skipIf(!existsSync(built))('nothing that was built has a variable for a number', () => {
  const numbers = [...script.constantsOf(readFileSync(join(ROOT, 'src/kernel/abi.ts'), 'utf8'))]
  expect(numbers.length).toBeGreaterThan(100)
  const files = readdirSync(built).filter((name) => name.endsWith('.js'))
  expect(files.length).toBeGreaterThan(5)
  const text = files.map((name) => readFileSync(join(built, name), 'utf8')).join('\n')
  expect(numbers.filter(([name, value]) => text.includes(`\nvar ${name} = ${value};`))).toEqual([])
})
