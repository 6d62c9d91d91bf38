/** What is copied of a list before the classes of messages look at it. */
import { expect, test } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { putCopies } from '../../../src/lists/copies.ts'

const json = createCodec().lists('json')

/** The options of the list after its parts were copied. */
function copied<T>(list: unknown[], at: number): T {
  putCopies(list)
  return list[at] as T
}

test('lists, hops and roles are copied, and nothing else is', () => {
  const hop = { session: 1, authid: 'a', authrole: 'r' }
  const custom = { a: 1 }
  const options = { exclude: [1], forward_for: [hop], x_a: custom }
  const copy = copied<typeof options>([16, 1, options, 'a.b'], 2)
  expect(copy).toEqual(options)
  expect([copy.exclude === options.exclude, copy.forward_for[0] === hop]).toEqual([false, false])
  expect(copy.x_a).toBe(custom)

  const roles = { caller: { features: { call_canceling: true } } }
  const details = copied<{ roles: typeof roles }>([1, 'a', { roles }], 2)
  expect(details.roles).toEqual(roles)
  expect(details.roles.caller.features).not.toBe(roles.caller.features)
})

test('an unknown message and one without options are what they were', () => {
  const extra = { a: [1] }
  for (const list of [[999, 1, extra], [17, 1, 2], [4, 'ticket', extra], []]) {
    const [...before] = list
    putCopies(list)
    expect(list.every((element, i) => element === before[i])).toBe(true)
  }
})

test('options that are inherited are found, and what Object.prototype has is none', () => {
  class Options {
    get exclude(): number[] {
      return [1]
    }
  }
  expect(json.encode([16, 1, new Options(), 'a.b'])).toBe('[16,1,{"exclude":[1]},"a.b"]')
  Object.defineProperty(Object.prototype, 'retain', { value: true, writable: true, configurable: true })
  try {
    expect(json.encode([16, 1, new Options(), 'a.b'])).toBe('[16,1,{"exclude":[1]},"a.b"]')
  } finally {
    Reflect.deleteProperty(Object.prototype, 'retain')
  }
})

test('options without a prototype, in a Map, and by a toJSON are options', () => {
  const options = { exclude: [1] }
  const given = [
    Object.assign(Object.create(null), options),
    new Map(Object.entries(options)),
    { toJSON: () => options },
  ]
  for (const each of given) expect(json.encode([16, 1, each, 'a.b'])).toBe('[16,1,{"exclude":[1]},"a.b"]')
})

test('hops may be instances of a class, and say by toJSON what they are', () => {
  let asked = 0
  class Hop {
    get session(): number {
      asked++
      return 1
    }
    authid = null
    authrole = 'r'
  }
  class Said extends Hop {
    toJSON(): object {
      return { session: 2, authid: 'a', authrole: 'b' }
    }
  }
  const list = [16, 1, { forward_for: [new Hop(), new Said()] }, 'a.b']
  const hops = '[{"authid":null,"authrole":"r","session":1},{"session":2,"authid":"a","authrole":"b"}]'
  expect(json.encode(list)).toBe(`[16,1,{"forward_for":${hops}},"a.b"]`)
  expect(asked).toBe(2)
})

test('what a toJSON says is written, and what is checked before is asked once', () => {
  let asked = 0
  const counted = (value: unknown): PropertyDescriptor => {
    const get = (): unknown => {
      asked++
      return value
    }
    return { enumerable: true, get }
  }
  const exclude = Object.defineProperty([1], 0, counted(1))
  const list = [16, 1, { exclude: Object.assign(exclude, { toJSON: () => [2] }), x_a: 1 }, 'a.b']
  expect(json.encode(list)).toBe('[16,1,{"exclude":[2],"x_a":1},"a.b"]')
  expect(asked).toBe(1)
  const said = { caller: { features: {} } }
  const roles = Object.defineProperty({}, 'caller', counted({}))
  const hello = [1, 'a', { roles: Object.assign(roles, { toJSON: () => said }) }]
  expect(json.encode(hello)).toBe('[1,"a",{"roles":{"caller":{"features":{}}}}]')
  expect(asked).toBe(2)
})

test('an empty dictionary of roles is refused, whatever its toJSON says', () => {
  class Roles {
    toJSON(): object {
      return { caller: {} }
    }
  }
  expect(() => json.encode([1, 'a', { roles: new Roles() }])).toThrow('got an empty dictionary')
})

test('a key __proto__ is a key', () => {
  const options = JSON.parse('{ "__proto__": 1, "exclude": [1] }')
  expect(json.encode([16, 1, options, 'a.b'])).toBe('[16,1,{"exclude":[1],"__proto__":1},"a.b"]')
})

test('a list of four billion holes is refused at once', () => {
  const holes = new Array(2 ** 32 - 1)
  const text = 'cannot parse PUBLISH: expected an integer for exclude[0], got undefined'
  expect(() => json.encode([16, 1, { exclude: holes }, 'a.b'])).toThrow(text)
})
