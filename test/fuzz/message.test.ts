/**
 * The message-level fuzzer on a fixed seed: programs of steps on live messages, held against a plain model after each
 * step, and the kernel's constants against its module. `npm run fuzz message -- --programs 1000000` runs more.
 */
import { expect, test } from 'vitest'
import { ProtocolError, Published } from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { Finding } from './message/entry.ts'
import { Machine } from './message/machine.ts'
import { programFrom, textOf } from './message/notation.ts'
import { programOf, type Step } from './message/programs.ts'
import { report } from './message/report.ts'
import { Codecs } from './message/serializers.ts'
import { KERNELS, Session, tryProgram } from './message/session.ts'
import { shrunk } from './message/shrink.ts'
import { STEPS } from './message/steps.ts'
import { Victim } from './message/victim.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const PROGRAMS = isDeep ? 200_000 : 5000
const SEED = isDeep ? Math.floor(Math.random() * 2 ** 32) : 20_261_128

test(`${PROGRAMS} programs (seed ${SEED}) say what the model says and leave the kernel as it was`, () => {
  const session = new Session(SEED)
  const findings = new Map<string, string>()
  for (let i = 0; i < PROGRAMS && findings.size < 5; i++) {
    const found = session.run(i)
    if (found !== null && !findings.has(found.finding.kind)) findings.set(found.finding.kind, report(found))
  }
  expect([...findings.values()]).toEqual([])
  // A step that never does anything tests nothing.
  for (const op of Object.keys(STEPS)) expect([op, (session.counts.get(op) ?? 0) > 50]).toEqual([op, true])
})

test('a program that is written as text and read again runs the same steps', () => {
  for (let i = 0; i < 300; i++) {
    const program = programOf(1, i)
    const again = programFrom(textOf(program))
    expect(textOf(again)).toBe(textOf(program))
    expect(again).toEqual(program)
  }
})

test.each(KERNELS)('one changed byte of the constants of %s is a finding after the next step', (file) => {
  const random = createRandom(5)
  for (let i = 0; i < 10; i++) {
    const codecs = new Codecs(file)
    const machine = new Machine(codecs)
    // The first constants, and what lies before them.
    const at = random.int(0, 200)
    codecs.kernel.bytes[at] = (codecs.kernel.bytes[at] as number) ^ 1
    const finding = tryProgram(machine, [{ op: 'uncache', on: 0 }], 0)
    expect(finding?.message).toBe(
      `the kernel has been written over: the kernel's memory has changed at address ${at}, after uncache`,
    )
  }
})

test.each([
  ['a good frame is another one', () => new Published({ request: 1, publication: 2 })],
  [
    'a good frame is refused',
    () => {
      throw new ProtocolError('BAD_MESSAGE', 'planted')
    },
  ],
])('%s: that is a finding', (kind, decode) => {
  const codecs = new Codecs(KERNELS[0] as string)
  const victim = { serializer: () => ({ decode }) } as unknown as Codecs['victim']
  expect(() => new Victim(codecs).check(0)).not.toThrow()
  expect(() => new Victim({ victim }).check(0)).toThrow(kind)
})

test('a program is made as small as its fault allows', () => {
  const attributes = {
    request: 1,
    topic: 'a.b',
    args: [1, [2, 'NaN and more'], 3],
    kwargs: { a: 1, b: [Number.NaN] },
  }
  const program: Step[] = [
    { op: 'uncache', on: 0 },
    { op: 'make', name: 'Publish', attributes },
    { op: 'drop', on: 3 },
  ]
  const hasNaN = (steps: readonly Step[]): boolean => textOf(steps).includes('"$number":"NaN"')
  expect(shrunk(program, hasNaN)).toEqual([
    { op: 'make', name: 'Publish', attributes: { kwargs: { b: [Number.NaN] } } },
  ])
})

test('a finding is an error that tells its kind from its detail', () => {
  expect(new Finding('kind', 'detail')).toMatchObject({ kind: 'kind', message: 'kind: detail' })
})
