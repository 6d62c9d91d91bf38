/** Calls of the example router that take more than one message: those in parts, rerouted ones, and their limits. */
import { expect, test } from 'vitest'
import {
  Call,
  Cancel,
  type ClientRoles,
  createCodec,
  ErrorMessage,
  type Invocation,
  MessageType,
  type Result,
  Yield,
} from 'wamp-codec'
import { connectRawSocket } from 'wamp-codec/net'
import { listen } from '../../examples/router/listeners.mjs'
import { Client, closing, errorOf, join, settled, start } from './support.ts'

/** What a callee of calls in parts must announce. */
const PARTS: ClientRoles = {
  callee: { features: { call_canceling: true, progressive_call_invocations: true } },
}
const ROOT = [{ session: 1, authid: 'root', authrole: 'admin' }]
const INVOCATION = MessageType.INVOCATION
const UNAVAILABLE = 'wamp.error.unavailable'
const OPAQUE = { payload: Uint8Array.of(1), enc_algo: 'mqtt' }

/** A callee that keeps its invocations. */
function keeping(client: Client): Invocation[] {
  const invocations: Invocation[] = []
  client.oninvocation = (invocation) => invocations.push(invocation)
  return invocations
}

/** A callee that answers every invocation with an error. */
function failing(client: Client, error: string = UNAVAILABLE): Client {
  client.oninvocation = ({ request }) => fail(client, request, error)
  return client
}

function fail(client: Client, request: number, error: string = UNAVAILABLE): void {
  client.send(new ErrorMessage({ request_type: INVOCATION, request, error, args: ['busy'] }))
}

/** Two callees that share a.b, of which the first is called first. */
async function two(
  router: Parameters<typeof join>[0],
  options: readonly [object, object] = [{}, {}],
): Promise<[Client, Client]> {
  const first = await join(router)
  const second = await join(router)
  await first.register('a.b', { invoke: 'first', ...options[0] })
  await second.register('a.b', { invoke: 'first', ...options[1] })
  return [first, second]
}

test.each([
  ['that nobody is told of', {}, {}, [null, null, null]],
  ['whose callee wants to know', { disclose_caller: true }, {}, ['me', 'joe', 'user']],
  ['who disclosed itself', {}, { disclose_me: true }, ['me', 'joe', 'user']],
] as const)(
  'the later parts of a call of a caller %s say the same of it, whatever their options',
  async (_, ofCallee, ofCall, told) => {
    const { router } = start()
    const callee = await join(router, { roles: PARTS })
    const invocations = keeping(callee)
    await callee.register('a.b', ofCallee)
    const caller = await join(router, { authid: 'joe' })
    const request = caller.request()
    caller.send(new Call({ request, procedure: 'a.b', progress: true, ...ofCall }))
    const others = { disclose_me: !('disclose_me' in ofCall), receive_progress: true, timeout: 1 }
    caller.send(new Call({ request, procedure: 'a.c', progress: true, forward_for: ROOT, ...others }))
    caller.send(new Call({ request, procedure: 'a.b', args: ['end'] }))
    await settled()
    const known = told.map((one) => (one === 'me' ? caller.id : one))
    expect(
      invocations.map((one) => [one.caller, one.caller_authid, one.caller_authrole, one.forward_for]),
    ).toEqual([1, 2, 3].map(() => [...known, null]))
    expect(
      invocations.map(({ progress, receive_progress, args }) => [progress, receive_progress, args]),
    ).toEqual([
      [true, null, null],
      [true, null, null],
      [null, null, ['end']],
    ])
    callee.send(new Yield({ request: 1, progress: true }))
    await settled()
    expect(caller.unasked()).toEqual([])
  },
)

test('the options of the first part are those of all, opaque payloads and own ones too', async () => {
  const { router } = start()
  const callee = await join(router, { roles: PARTS })
  const invocations = keeping(callee)
  await callee.register('a.', { match: 'prefix' })
  const caller = await join(router, { serializer: 'json' })
  const request = caller.request()
  const options = { ppt_scheme: 'x_mine', ppt_keyid: 'k', custom: { x_more: [1] }, receive_progress: true }
  const payload = Uint8Array.of(1, 2)
  caller.send(new Call({ request, procedure: 'a.b', progress: true, payload, ...options }))
  caller.send(new Call({ request, procedure: 'a.c', args: [Uint8Array.of(3)], custom: { x_other: 2 } }))
  await settled()
  expect(
    invocations.map((one) => [
      one.procedure,
      one.ppt_scheme,
      one.ppt_keyid,
      one.custom,
      one.receive_progress,
    ]),
  ).toEqual([1, 2].map(() => ['a.b', 'x_mine', 'k', { x_more: [1] }, true]))
  expect(invocations.map(({ payload }) => [...(payload ?? [])])).toEqual([[1, 2], [3]])
})

test('a router that sends a call in parts is believed in the first of them only', async () => {
  const { router } = start()
  const callee = await join(router, { roles: PARTS })
  const invocations = keeping(callee)
  await callee.register('a.b', { disclose_caller: true })
  const near = await join(router, { authid: 'near' })
  const request = near.request()
  const amy = [{ session: 7, authid: 'amy', authrole: 'user' }]
  near.send(new Call({ request, procedure: 'a.b', progress: true, forward_for: amy }))
  near.send(new Call({ request, procedure: 'a.b', forward_for: ROOT }))
  await settled()
  expect(invocations.map(({ caller, caller_authid }) => [caller, caller_authid])).toEqual([
    [7, 'amy'],
    [7, 'amy'],
  ])
})

test.each([
  ['nobody serves', 'a.none', {}, {}, 'wamp.error.no_such_procedure'],
  ['came a way that it cannot have come', 'a.b', {}, { forward_for: ROOT }, 'wamp.error.option_not_allowed'],
  ['the router serves', 'wamp.session.count', {}, {}, 'wamp.error.feature_not_supported'],
  ['is one too many', 'a.b', { maxCalls: 1 }, {}, UNAVAILABLE],
  [
    'has longer options than are kept',
    'a.b',
    { maxKeptBytes: 99 },
    { ppt_keyid: 'k'.repeat(99) },
    UNAVAILABLE,
  ],
  ['a callee that takes no parts serves', 'a.whole', {}, {}, 'wamp.error.feature_not_supported'],
  ['a callee that cannot be interrupted serves', 'a.deaf', {}, {}, 'wamp.error.feature_not_supported'],
] as const)(
  'a call in parts that %s is refused once, and begins no more',
  async (_, procedure, limits, options, error) => {
    const { router } = start({ limits })
    const callee = await join(router, { roles: PARTS })
    const whole = await join(router)
    const deaf = await join(router, {
      roles: { callee: { features: { progressive_call_invocations: true } } },
    })
    const invocations = [keeping(callee), keeping(whole), keeping(deaf)]
    await callee.register('a.b')
    await whole.register('a.whole')
    await deaf.register('a.deaf')
    const caller = await join(router)
    const running = caller.request()
    caller.send(new Call({ request: running, procedure: 'a.b' }))
    const request = caller.request()
    const first = { payload: Uint8Array.of(1), ppt_scheme: 'x_mine', ...options }
    expect(errorOf(await caller.ask(new Call({ request, procedure, progress: true, ...first })))).toBe(error)
    // Now nothing is in its way.
    const late = await join(router, { roles: PARTS })
    invocations.push(keeping(late))
    await late.register('a.none')
    callee.send(new Yield({ request: 1 }))
    for (const progress of [true, false]) caller.send(new Call({ request, procedure: 'a.none', progress }))
    await settled()
    expect(invocations.map(({ length }) => length)).toEqual([1, 0, 0, 0])
    expect(caller.unasked().filter(({ type }) => type === MessageType.ERROR)).toEqual([])
  },
)

test('of the calls that are over while parts of them still come, the router knows the last ones', async () => {
  const { router } = start({ limits: { maxCalls: 2 } })
  const caller = await join(router)
  const requests = [1, 2, 3].map(() => caller.request())
  const send = (request: number): void =>
    caller.send(new Call({ request, procedure: 'a.none', progress: true }))
  for (const request of requests) send(request)
  await settled()
  expect(caller.unasked().map((error) => (error as ErrorMessage).request)).toEqual(requests)
  for (const request of requests.slice().reverse()) send(request)
  await settled()
  expect(caller.unasked().map((error) => (error as ErrorMessage).request)).toEqual([...requests, requests[0]])
})

test('a later part that its callee cannot take ends the call, and interrupts the callee', async () => {
  const { router } = start()
  const callee = await join(router, { serializer: 'json', roles: PARTS })
  keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const request = caller.request()
  const answer = caller.ask(new Call({ request, procedure: 'a.b', progress: true }))
  caller.send(new Call({ request, procedure: 'a.b', args: [Number.NaN], progress: true }))
  caller.send(new Call({ request, procedure: 'a.b' }))
  expect(errorOf(await answer)).toBe('wamp.error.invalid_argument')
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
  await settled()
  expect(caller.unasked()).toEqual([])
})

test.each<[string, object, object]>([
  ['lacks the opaque payload of the first one', OPAQUE, {}],
  ['is opaque, and the first one was not', { args: [1] }, OPAQUE],
  ['is opaque, and the first one was empty', {}, { payload: Uint8Array.of(1), ppt_scheme: 'x_mine' }],
])('a later part that %s ends the call, and no session', async (_, first, second) => {
  const { router } = start()
  const callee = await join(router, { roles: PARTS })
  const invocations = keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  const request = caller.request()
  const answer = caller.ask(new Call({ request, procedure: 'a.b', progress: true, ...first }))
  caller.send(new Call({ request, procedure: 'a.b', ...second }))
  expect(errorOf(await answer)).toBe('wamp.error.invalid_argument')
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
  expect([invocations.length, errorOf(await caller.call('a.c'))]).toEqual([1, 'wamp.error.no_such_procedure'])
})

test('of a call in parts options are not kept that take much memory once they are decoded', async () => {
  const { router } = start({ limits: { maxKeptBytes: 64_000 } })
  const callee = await join(router, { roles: PARTS })
  await callee.register('a.b')
  const caller = await join(router)
  const call = (length: number): Promise<unknown> =>
    caller.call('a.b', { progress: true, custom: { x_empty: Array.from({ length }, () => ({})) } })
  const [, long] = [call(800), call(800)]
  expect(errorOf((await long) as Result)).toBe(UNAVAILABLE)
})

test('an invocation that cannot be sent leaves no gap in the sequence of their requests', async () => {
  const { router } = start()
  const callee = await join(router, { serializer: 'json' })
  const invocations = keeping(callee)
  await callee.register('a.b')
  const caller = await join(router)
  for (const args of [[1], [Number.NaN], [2]]) caller.call('a.b', { args })
  await settled()
  expect(invocations.map(({ request, args }) => [request, args])).toEqual([
    [1, [1]],
    [2, [2]],
  ])
})

test.each([
  ['YIELD', new Yield({ request: 2 })],
  ['ERROR', new ErrorMessage({ request_type: INVOCATION, request: 2, error: 'a.b' })],
])('%s for an invocation that there never was breaks the protocol', async (_, message) => {
  const { router } = start()
  const callee = await join(router)
  callee.oninvocation = ({ request }) => callee.send(new Yield({ request }))
  await callee.register('a.b')
  await (await join(router)).call('a.b')
  // For one that is over it may have been under way.
  callee.send(new Yield({ request: 1 }))
  expect(await callee.register('a.c')).toBeGreaterThan(0)
  callee.send(message)
  expect((await callee.end).code).toBe(1002)
})

test('a call that is canceled or has begun is not handed on', async () => {
  const { router } = start()
  const [first, second] = await two(router)
  const invocations = [keeping(first), keeping(second)]
  const caller = await join(router)
  const canceled = caller.request()
  const answers = [caller.ask(new Call({ request: canceled, procedure: 'a.b' })), caller.call('a.b')]
  caller.send(new Cancel({ request: canceled, mode: 'kill' }))
  await settled()
  // A part that the caller has not asked for is one.
  first.send(new Yield({ request: 2, progress: true }))
  for (const request of [1, 2]) fail(first, request)
  expect((await Promise.all(answers)).map(errorOf)).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(invocations.map(({ length }) => length)).toEqual([2, 0])
})

test('when nobody is available, a caller is told so, with what the last callee said', async () => {
  const { router } = start()
  for (const callee of await two(router)) failing(callee)
  await failing(await join(router)).register('a.c')
  const caller = await join(router)
  const answers = [await caller.call('a.b'), await caller.call('a.c')]
  expect(answers.map((answer) => [errorOf(answer), answer.args])).toEqual([
    ['wamp.error.no_available_callee', ['busy']],
    ['wamp.error.no_available_callee', ['busy']],
  ])
})

test.each([
  [['wamp.error.no_such_procedure', 'wamp.error.no_such_procedure'], 'wamp.error.no_such_procedure'],
  [['wamp.error.no_available_callee', 'wamp.error.no_such_procedure'], 'wamp.error.no_available_callee'],
  [['wamp.error.no_such_procedure', 'wamp.error.no_available_callee'], 'wamp.error.no_available_callee'],
] as const)('of routers that answer %s a caller gets %s', async (errors, error) => {
  const { router } = start()
  const all = { match: 'prefix', invoke: 'first' } as const
  for (const [i, authid] of (['near', 'far'] as const).entries()) {
    await failing(await join(router, { authid }), errors[i]).register('', all)
  }
  expect(errorOf(await (await join(router)).call('a.b'))).toBe(error)
})

test('a call that is handed on keeps its time limit: the router takes it over', async () => {
  const { router } = start()
  const [first, second] = await two(router, [{ forward_timeout: true }, {}])
  failing(first)
  const invocations = keeping(second)
  const caller = await join(router)
  expect(errorOf(await caller.call('a.b', { timeout: 1 }))).toBe('wamp.error.timeout')
  expect(invocations.length).toBe(1)
})

test('a call that is handed on keeps its time limit: its callee is told what is left', async () => {
  const { router } = start()
  const [first, second] = await two(router, [{}, { forward_timeout: true }])
  const [before, after] = [keeping(first), keeping(second)]
  const caller = await join(router)
  caller.call('a.b', { timeout: 60_000 })
  await new Promise((resolve) => setTimeout(resolve, 5))
  fail(first, 1)
  await settled()
  expect([before[0]?.timeout, after.length]).toEqual([null, 1])
  expect(after[0]?.timeout).toBeLessThan(60_000)
  expect(after[0]?.timeout).toBeGreaterThan(0)
})

test('a call whose time is over when it is handed on is not without a limit', async () => {
  const { router } = start()
  const [first, second] = await two(router, [{ forward_timeout: true }, { forward_timeout: true }])
  const [, after] = [keeping(first), keeping(second)]
  const caller = await join(router)
  caller.call('a.b', { timeout: 1 })
  await new Promise((resolve) => setTimeout(resolve, 5))
  fail(first, 1)
  await settled()
  expect(after.map(({ timeout }) => timeout)).toEqual([1])
})

test('only so many bytes of calls are kept for another callee; the rest is not handed on', async () => {
  const { router } = start({ limits: { maxKeptBytes: 1000 } })
  const [first, second] = await two(router)
  const invocations = [keeping(first), keeping(second)]
  const caller = await join(router)
  const call = (): Promise<unknown> => caller.call('a.b', { args: ['x'.repeat(600)] }).then(errorOf)
  const answers = [call(), call()]
  await settled()
  fail(first, 1)
  fail(first, 2)
  expect(await answers[1]).toBe(UNAVAILABLE)
  expect(invocations.map(({ length }) => length)).toEqual([2, 1])
  // What a call cost is there again when it has ended.
  second.send(new Yield({ request: 1 }))
  expect(await answers[0]).toBe(MessageType.RESULT)
  failing(first)
  const third = call()
  await settled()
  expect(invocations.map(({ length }) => length)).toEqual([2, 2])
  second.send(new Yield({ request: 2 }))
  expect(await third).toBe(MessageType.RESULT)
})

test('what was transcoded for a callee that was not available is not kept', async () => {
  const { router } = start()
  const callees = [await join(router, { serializer: 'json' }), await join(router, { serializer: 'json' })]
  for (const callee of callees) await failing(callee).register('a.b', { invoke: 'first' })
  const caller = await join(router)
  router.codec.stats({ reset: true })
  await caller.call('a.b', { args: [1] })
  // For each of the two callees, and the error for the caller.
  expect(router.codec.stats().transcoded).toBe(3)
})

test('a caller is told when it cannot take what the router itself answers', async () => {
  const { router } = start()
  const { port, close } = await listen(router, {})
  closing({ close })
  for (let i = 0; i < 150; i++) await join(router)
  const serializer = createCodec({ maxMessageBytes: 1024 }).serializer('cbor')
  const client = new Client(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer }))
  closing({ close: () => client.connection.close() })
  await client.hello()
  expect(((await client.call('wamp.session.count')) as Result).args).toEqual([151])
  expect(errorOf(await client.call('wamp.session.list'))).toBe('wamp.error.payload_size_exceeded')
})
