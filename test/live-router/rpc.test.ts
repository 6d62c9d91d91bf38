/** The dealer of the example router: where calls go, how results come back, and how calls end early. */
import { afterEach, expect, test, vi } from 'vitest'
import {
  Call,
  Cancel,
  ErrorMessage,
  type Invocation,
  MessageType,
  Register,
  type Result,
  type SerializerId,
  Unregister,
  Yield,
} from 'wamp-codec'
import { type Client, errorOf, join, settled, start } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

const IDS: readonly SerializerId[] = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers', 'cbor.batched']
const ARGS = ['Zürich', 21.5, null, [1, [2]], { a: { b: 1 } }]

/** A callee that answers with what it got. */
function echo(client: Client): void {
  client.oninvocation = ({ request, rawPayload }) => client.send(new Yield({ request, rawPayload }))
}

/** A callee that keeps its invocations. */
function keeping(client: Client): Invocation[] {
  const invocations: Invocation[] = []
  client.oninvocation = (invocation) => invocations.push(invocation)
  return invocations
}

test.each(IDS)('a call in %s is answered in every serializer, and nothing is decoded', async (id) => {
  const { router } = start()
  const caller = await join(router, { serializer: id })
  for (const serializer of IDS) {
    const callee = await join(router, { serializer })
    echo(callee)
    await callee.register(`com.myapp.${serializer}`)
    router.codec.stats({ reset: true })
    const result = (await caller.call(`com.myapp.${serializer}`, { args: ARGS, kwargs: { k: [] } })) as Result
    expect(router.codec.stats().decodedPayloads).toBe(0)
    expect([result.args, result.kwargs]).toEqual([ARGS, { k: [] }])
  }
})

test('an error of a callee reaches its caller with its URI and payload', async () => {
  const { router } = start()
  const caller = await join(router, { serializer: 'json' })
  const callee = await join(router)
  callee.oninvocation = ({ request }) =>
    callee.send(new ErrorMessage({ request_type: 68, request, error: 'com.myapp.error.no', args: ['why'] }))
  await callee.register('a.b')
  const answer = (await caller.call('a.b')) as ErrorMessage
  expect([answer.request_type, answer.error, answer.args]).toEqual([48, 'com.myapp.error.no', ['why']])
})

test('what cannot be called, registered or unregistered is refused', async () => {
  const { router } = start()
  const client = await join(router)
  const other = await join(router)
  await client.register('a.b')
  const ask = (message: Parameters<Client['ask']>[0]) => client.ask(message).then(errorOf)
  const register = async (of: Client, procedure: string, options: object = {}) => {
    return errorOf(await of.ask(new Register({ request: of.request(), procedure, ...options })))
  }
  expect([
    errorOf(await client.call('a.c')),
    errorOf(await client.call('wamp.session.kill')),
    errorOf(await client.call('a.b', { forward_for: [{ session: 1, authid: null, authrole: 'x' }] })),
    await register(other, 'a.b'),
    await register(other, 'a.b', { invoke: 'roundrobin' }),
    await register(other, 'wamp.a'),
    await register(other, 'wamp'),
    await register(other, '', { match: 'prefix' }),
    await ask(new Unregister({ request: client.request(), registration: 1 })),
  ]).toEqual([
    'wamp.error.no_such_procedure',
    'wamp.error.no_such_procedure',
    'wamp.error.option_not_allowed',
    'wamp.error.procedure_already_exists',
    'wamp.error.procedure_already_exists',
    'wamp.error.invalid_uri',
    'wamp.error.invalid_uri',
    'wamp.error.invalid_uri',
    'wamp.error.no_such_registration',
  ])
})

test('a procedure that was unregistered is gone, and can be registered by others', async () => {
  const { router } = start()
  const first = await join(router)
  const second = await join(router)
  const registration = await first.register('a.b')
  const answer = await first.ask(new Unregister({ request: first.request(), registration }))
  expect(answer.type).toBe(MessageType.UNREGISTERED)
  expect(errorOf(await second.call('a.b'))).toBe('wamp.error.no_such_procedure')
  expect(await second.register('a.b')).not.toBe(registration)
})

test('the most specific registration serves a call: exact, then the longest prefix, then a wildcard', async () => {
  const { router } = start()
  const callee = await join(router)
  const caller = await join(router)
  const names = new Map<number, string>()
  for (const [procedure, match] of [
    ['a.b.c', 'exact'],
    ['a.b', 'prefix'],
    ['a', 'prefix'],
    ['x..c', 'wildcard'],
    ['x.b.', 'wildcard'],
    ['..c', 'wildcard'],
  ] as const) {
    names.set(await callee.register(procedure, { match }), procedure)
  }
  callee.oninvocation = ({ request, registration, procedure }) =>
    callee.send(new Yield({ request, args: [names.get(registration), procedure] }))
  const served: unknown[] = []
  for (const procedure of ['a.b.c', 'a.b.d', 'a.c', 'x.b.c', 'x.y.c', 'z.z.c']) {
    served.push(((await caller.call(procedure)) as Result).args)
  }
  expect(served).toEqual([
    ['a.b.c', null],
    ['a.b', 'a.b.d'],
    ['a', 'a.c'],
    ['x.b.', 'x.b.c'],
    ['x..c', 'x.y.c'],
    ['..c', 'z.z.c'],
  ])
})

test.each([
  ['first', '000000'],
  ['last', '222222'],
  ['roundrobin', '012012'],
] as const)('a registration that is shared by %s chooses in this order', async (invoke, order) => {
  const { router } = start()
  const caller = await join(router)
  for (const i of [0, 1, 2]) {
    const callee = await join(router)
    callee.oninvocation = ({ request }) => callee.send(new Yield({ request, args: [i] }))
    await callee.register('a.b', { invoke })
  }
  let served = ''
  for (let i = 0; i < 6; i++) served += ((await caller.call('a.b')) as Result).args?.[0]
  expect(served).toBe(order)
})

test('a registration that is shared by random chooses each of its callees some time', async () => {
  const { router } = start()
  const caller = await join(router)
  for (const i of [0, 1, 2]) {
    const callee = await join(router)
    callee.oninvocation = ({ request }) => callee.send(new Yield({ request, args: [i] }))
    await callee.register('a.b', { invoke: 'random' })
  }
  // A fair choice misses one of them in 200 calls once in 10^35 runs.
  const served = new Set<unknown>()
  for (let i = 0; i < 200; i++) served.add(((await caller.call('a.b')) as Result).args?.[0])
  expect(served.size).toBe(3)
})

test('a callee that is not available hands a call on to the next', async () => {
  const { router } = start()
  const caller = await join(router)
  for (const isBusy of [true, true, false]) {
    const callee = await join(router)
    callee.oninvocation = ({ request, args }) =>
      callee.send(
        isBusy
          ? new ErrorMessage({ request_type: 68, request, error: 'wamp.error.unavailable' })
          : new Yield({ request, args }),
      )
    await callee.register('a.b', { invoke: 'first' })
  }
  expect(((await caller.call('a.b', { args: [7] })) as Result).args).toEqual([7])
})

test('results in parts reach a caller that asked for them, and no other', async () => {
  const { router } = start()
  const callee = await join(router)
  callee.oninvocation = ({ request, receive_progress }) => {
    for (const part of [1, 2]) callee.send(new Yield({ request, args: [part], progress: true }))
    callee.send(new Yield({ request, args: [receive_progress] }))
  }
  await callee.register('a.b')
  const caller = await join(router, { serializer: 'msgpack' })
  const last = (await caller.call('a.b', { receive_progress: true })) as Result
  const parts = caller.unasked() as readonly Result[]
  expect([...parts.map(({ args }) => args?.[0]), last.args?.[0]]).toEqual([1, 2, true])
  const other = await join(router)
  expect(((await other.call('a.b')) as Result).args).toEqual([null])
  expect(other.unasked()).toEqual([])
})

test('a call in parts is one invocation, and parts that come after its end go nowhere', async () => {
  const { router } = start()
  const features = { call_canceling: true, progressive_call_invocations: true }
  const callee = await join(router, { roles: { callee: { features } } })
  const invocations = keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const request = caller.request()
  const part = (value: number, progress: boolean) =>
    new Call({ request, procedure: 'a.b', args: [value], progress, receive_progress: true })
  const answer = caller.ask(part(1, true))
  caller.send(part(2, true))
  await settled()
  expect(invocations.map(({ request, progress, args }) => [request, progress, args])).toEqual([
    [1, true, [1]],
    [1, true, [2]],
  ])
  callee.send(new Yield({ request: 1, args: ['enough'] }))
  expect(((await answer) as Result).args).toEqual(['enough'])
  // The caller did not know yet.
  caller.send(part(3, true))
  caller.send(part(4, false))
  await settled()
  expect(invocations.length).toBe(2)
  expect(caller.unasked()).toEqual([])
})

test('a request that is running and does not go on breaks the protocol', async () => {
  const { router } = start()
  const callee = await join(router)
  keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const call = new Call({ request: caller.request(), procedure: 'a.b' })
  caller.send(call)
  caller.send(call)
  expect((await caller.end).code).toBe(1002)
})

test.each([
  ['skip', [], 'wamp.error.canceled'],
  ['killnowait', ['killnowait'], 'wamp.error.canceled'],
  [null, ['killnowait'], 'wamp.error.canceled'],
  ['kill', ['kill'], 'com.myapp.stopped'],
] as const)(
  'a call that is canceled with the mode %s ends, and what comes late goes nowhere',
  async (mode, sent, error) => {
    const { router } = start()
    const callee = await join(router)
    const invocations = keeping(callee)
    await callee.register('a.b')
    const caller = await join(router)
    const request = caller.request()
    const answer = caller.ask(new Call({ request, procedure: 'a.b' }))
    await settled()
    caller.send(new Cancel({ request, mode }))
    await settled()
    const interrupts = callee.unasked().filter(({ type }) => type === MessageType.INTERRUPT)
    expect(interrupts.map((interrupt) => (interrupt as { mode?: unknown }).mode)).toEqual(sent)
    const { request: invocation } = invocations[0] as Invocation
    callee.send(new ErrorMessage({ request_type: 68, request: invocation, error: 'com.myapp.stopped' }))
    expect(errorOf(await answer)).toBe(error)
    callee.send(new Yield({ request: invocation }))
    await settled()
    expect(caller.unasked()).toEqual([])
  },
)

test('a callee that cannot be interrupted is not, and its caller does not wait', async () => {
  const { router } = start()
  const callee = await join(router, { roles: { callee: {} } })
  keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const request = caller.request()
  const answer = caller.ask(new Call({ request, procedure: 'a.b' }))
  caller.send(new Cancel({ request, mode: 'kill' }))
  expect(errorOf(await answer)).toBe('wamp.error.canceled')
  expect(callee.unasked()).toEqual([])
})

test('a call with a time limit ends when that is over, and its callee is interrupted', async () => {
  const { router } = start()
  const callee = await join(router)
  keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const answer = caller.call('a.b', { timeout: 1 })
  const interrupt = await callee.next(MessageType.INTERRUPT)
  expect([interrupt.mode, interrupt.reason]).toEqual(['killnowait', 'wamp.error.timeout'])
  expect(errorOf(await answer)).toBe('wamp.error.timeout')
})

test('a callee that keeps time limits itself is told of them, and the router keeps none', async () => {
  const { router } = start()
  const callee = await join(router)
  const invocations = keeping(callee)
  await callee.register('a.b', { forward_timeout: true })
  const caller = await join(router)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let isAnswered = false
  caller.call('a.b', { timeout: 1 }).then(() => {
    isAnswered = true
  })
  await settled()
  vi.advanceTimersByTime(1000)
  await settled()
  expect(invocations.map(({ timeout }) => timeout)).toEqual([1])
  expect([callee.unasked(), caller.unasked(), isAnswered]).toEqual([[], [], false])
})

test('a caller is told of when it asks for it, or its callee does', async () => {
  const { router } = start()
  const callee = await join(router)
  callee.oninvocation = ({ request, caller, caller_authid, caller_authrole }) =>
    callee.send(new Yield({ request, args: [caller, caller_authid, caller_authrole] }))
  await callee.register('a.b')
  await callee.register('a.c', { disclose_caller: true })
  const caller = await join(router, { authid: 'joe' })
  const known = [caller.id, 'joe', 'user']
  expect([
    ((await caller.call('a.b')) as Result).args,
    ((await caller.call('a.b', { disclose_me: true })) as Result).args,
    ((await caller.call('a.c')) as Result).args,
  ]).toEqual([[null, null, null], known, known])
})

test('who a client says that it is called by or calls is not passed on', async () => {
  const { router } = start()
  const callee = await join(router)
  callee.oninvocation = ({ request, caller, caller_authid }) =>
    callee.send(new Yield({ request, args: [caller, caller_authid], callee: 1, callee_authid: 'root' }))
  await callee.register('a.b')
  const caller = await join(router)
  const result = (await caller.call('a.b', { caller: 1, caller_authid: 'root' })) as Result
  expect([result.args, result.callee, result.callee_authid]).toEqual([[null, null], null, null])
})

test('when a callee leaves, its callers are told; when a caller leaves, its callee is interrupted', async () => {
  const { router } = start()
  const callee = await join(router)
  keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const gone = await join(router)
  const answer = caller.call('a.b')
  gone.call('a.b')
  await settled()
  gone.connection.close()
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
  callee.connection.close()
  expect(errorOf(await answer)).toBe('wamp.error.canceled')
  expect(errorOf(await caller.call('a.b'))).toBe('wamp.error.no_such_procedure')
})

test('a value that one side cannot take is an error for its caller, and harms nobody', async () => {
  const { router } = start()
  const inJson = await join(router, { serializer: 'json' })
  const inCbor = await join(router)
  for (const [client, name] of [
    [inJson, 'json'],
    [inCbor, 'cbor'],
  ] as const) {
    client.oninvocation = ({ request }) =>
      client.send(new Yield({ request, args: [name === 'cbor' ? Number.NaN : 1] }))
    await client.register(`a.${name}`)
  }
  expect([
    errorOf(await inCbor.call('a.json', { args: [Number.NaN] })),
    errorOf(await inJson.call('a.cbor')),
    errorOf(await inCbor.call('a.json')),
  ]).toEqual(['wamp.error.invalid_argument', 'wamp.error.invalid_argument', MessageType.RESULT])
})

test('a part that a caller cannot take ends its call, and interrupts the callee', async () => {
  const { router } = start()
  const callee = await join(router)
  callee.oninvocation = ({ request }) =>
    callee.send(new Yield({ request, args: [Number.NaN], progress: true }))
  await callee.register('a.b')
  const caller = await join(router, { serializer: 'json' })
  expect(errorOf(await caller.call('a.b', { receive_progress: true }))).toBe('wamp.error.invalid_argument')
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
})
