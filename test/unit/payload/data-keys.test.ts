/** Keys that are data: nothing of it can be seen in what is read, only in how long it takes. */
import { describe, expect, it } from 'vitest'
import { areData, freshAfter, NEVER_DATA, newDictionary } from '../../../src/payload/data-keys.ts'

/** The counts after so many maps of two keys, of which so many each were new. */
function countsAfter(maps: number, misses: number, first: number = 0): number[] {
  const counts = [first]
  for (let i = 0; i < maps; i++) counts.push(freshAfter(counts[i] as number, 2, misses))
  return counts
}

describe('the keys of a place', () => {
  it('are data after two maps in a row of which most keys were new', () => {
    expect(countsAfter(6, 2).map(areData)).toEqual([false, false, true, true, true, true, true])
  })

  it('are looked at again with each thirty-second map', () => {
    const looks = countsAfter(100, 2).flatMap((fresh) => (fresh > 4 && !areData(fresh) ? [fresh] : []))
    expect(looks).toEqual([32, 64, 96])
  })

  it('are names again after one map whose keys are known', () => {
    expect(freshAfter(7, 2, 0)).toBe(0)
    expect(freshAfter(1, 2, 0)).toBe(0)
  })

  it('stay names when half of the keys are new: so it is with a name and an id', () => {
    expect(countsAfter(20, 1).every((fresh) => fresh === 0)).toBe(true)
    expect(freshAfter(0, 3, 2)).toBe(1)
  })

  it('are what they were after an empty map', () => {
    expect(freshAfter(5, 0, 0)).toBe(5)
  })

  it('are never data where all sorts of maps are, however few of them come with known keys', () => {
    const counts = countsAfter(59, 2, NEVER_DATA)
    expect(counts.some(areData)).toBe(false)
    expect(freshAfter(NEVER_DATA, 2, 0)).toBe(NEVER_DATA)
  })
})

it('newDictionary gives an object without properties that is like all others', () => {
  const made = newDictionary()
  expect(made).toStrictEqual({})
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
})
