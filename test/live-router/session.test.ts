/** Sessions of the example router: joining, proving who one is, what is out of place, and leaving. */
import { createHmac, pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  type Abort,
  Authenticate,
  type Challenge,
  EventMessage,
  Goodbye,
  Hello,
  type Message,
  MessageType,
  type Result,
  Welcome,
} from 'wamp-codec'
import type { Router } from '../../examples/router/router.mjs'
import type { User } from '../../examples/router/types.d.ts'
import { memoryPair } from './memory-connection.mjs'
import { Client, errorOf, join, REALM, settled, start } from './support.ts'

const SALTING = { iterations: 1000, keylen: 32 }
const USERS = {
  joe: { role: 'user', ticket: 'the ticket of joe' },
  amy: { role: 'admin', secret: 'the secret of amy' },
}

/** A client that has not said HELLO. */
function connect(router: Router): Client {
  const [mine, routers] = memoryPair(router.codec.serializer('json'))
  router.attach(routers)
  return new Client(mine)
}

interface Login {
  readonly authmethods?: string[]
  readonly authid?: string
  readonly answer?: (challenge: Challenge) => string
}

/** What a login ends in: WELCOME's identity, or ABORT's reason; and the challenge on the way. */
async function login(router: Router, { answer = () => '', ...hello }: Login): Promise<unknown[]> {
  const client = connect(router)
  client.send(new Hello({ realm: REALM, roles: { caller: {} }, ...hello }))
  await settled()
  const [first] = client.unasked()
  if (first?.type === MessageType.CHALLENGE) {
    client.send(new Authenticate({ signature: answer(first) }))
    await settled()
  }
  const last = client.unasked().at(-1) as Welcome | Abort
  return last instanceof Welcome ? [last.authid, last.authrole, last.authmethod] : [last.reason]
}

const sign = (key: string) => (challenge: Challenge) =>
  createHmac('sha256', key).update(String(challenge.extra.challenge)).digest('base64')
const derive = ({ extra }: Challenge) =>
  pbkdf2Sync(
    USERS.amy.secret,
    String(extra.salt),
    extra.iterations as number,
    extra.keylen as number,
    'sha256',
  ).toString('base64')

const DENIED = ['wamp.error.authentication_failed']
const LOGINS: [string, Login, unknown[]][] = [
  [
    'a right ticket',
    { authmethods: ['ticket'], authid: 'joe', answer: () => USERS.joe.ticket },
    ['joe', 'user', 'ticket'],
  ],
  ['a wrong ticket', { authmethods: ['ticket'], authid: 'joe', answer: () => 'guess' }, DENIED],
  ['an empty ticket of a user without one', { authmethods: ['ticket'], authid: 'amy' }, DENIED],
  [
    'a ticket of nobody',
    { authmethods: ['ticket'], authid: 'constructor', answer: () => USERS.joe.ticket },
    DENIED,
  ],
  [
    'a right signature',
    { authmethods: ['wampcra'], authid: 'amy', answer: sign(USERS.amy.secret) },
    ['amy', 'admin', 'wampcra'],
  ],
  ['a signature with an empty key', { authmethods: ['wampcra'], authid: 'joe', answer: sign('') }, DENIED],
  ['a signature of nobody', { authmethods: ['wampcra'], authid: 'nobody', answer: sign('') }, DENIED],
  [
    'the first method that can be tried',
    { authmethods: ['scram', 'wampcra', 'ticket'], authid: 'amy', answer: sign(USERS.amy.secret) },
    ['amy', 'admin', 'wampcra'],
  ],
  [
    'no method that is known',
    { authmethods: ['cookie'], authid: 'amy' },
    ['wamp.error.no_matching_auth_method'],
  ],
  ['no name', { authmethods: ['ticket'] }, ['wamp.error.no_matching_auth_method']],
  ['nothing, where that is not allowed', {}, ['wamp.error.no_matching_auth_method']],
]

test.each(LOGINS)('a client with %s gets what it should', async (_, hello, expected) => {
  const { router } = start({ realms: { [REALM]: { anonymous: null, users: USERS } } })
  expect(await login(router, hello)).toEqual(expected)
})

const { joe, amy } = USERS
test.each<[string, string, Record<string, User>, (challenge: Challenge) => string, unknown[]]>([
  ['tickets', 'joe', { joe }, () => joe.ticket, ['joe', 'user', 'ticket']],
  ['secrets', 'amy', { amy }, sign(amy.secret), ['amy', 'admin', 'wampcra']],
  // A stranger is tried like a user.
  ['tickets', 'nobody', { joe }, ({ method }) => method, DENIED],
])('where all users have %s, %s is tried by no other method', async (_, authid, users, proof, expected) => {
  const { router } = start({ realms: { [REALM]: { anonymous: null, users } } })
  const tried: string[] = []
  const answer = (challenge: Challenge): string => {
    tried.push(challenge.method)
    return proof(challenge)
  }
  for (const authmethods of [
    ['wampcra', 'ticket'],
    ['ticket', 'wampcra'],
  ]) {
    expect(await login(router, { authmethods, authid, answer })).toEqual(expected)
  }
  const method = users.joe === undefined ? 'wampcra' : 'ticket'
  expect(tried).toEqual([method, method])
})

test.each<[string, Login['answer'], unknown[]]>([
  ['with a derived key', (challenge) => sign(derive(challenge))(challenge), ['amy', 'admin', 'wampcra']],
  ['with the secret in place of the key', sign(USERS.amy.secret), DENIED],
])('where secrets are salted, a signature %s gets what it should', async (_, answer, expected) => {
  const { router } = start({ realms: { [REALM]: { salting: SALTING, users: USERS } } })
  expect(
    await login(router, { authmethods: ['wampcra'], authid: 'amy', answer: answer as () => string }),
  ).toEqual(expected)
})

test.each([
  ['salted', SALTING],
  ['not salted', null],
])(
  'where secrets are %s, a challenge tells neither whether there is such a user nor its role',
  async (_, salting) => {
    const { router } = start({ realms: { [REALM]: { salting, users: USERS } } })
    const told: unknown[] = []
    const salts: unknown[] = []
    for (const authid of ['amy', 'joe', 'nobody', 'amy', 'joe', 'nobody']) {
      const answer = ({ extra }: Challenge): string => {
        const { challenge, salt, ...rest } = extra
        salts.push(salt)
        told.push([
          { ...JSON.parse(String(challenge)), authid: '', nonce: '', session: 0, timestamp: '' },
          rest,
        ])
        return ''
      }
      await login(router, { authmethods: ['wampcra'], authid, answer })
    }
    expect(told).toEqual(Array.from({ length: 6 }, () => told[0]))
    // Each name has one, and always the same.
    expect(salts.slice(3)).toEqual(salts.slice(0, 3))
    expect(new Set(salts).size).toBe(salting === null ? 1 : 3)
  },
)

test('an answer that is too long for a client is an ERROR', async () => {
  const { router } = start({ limits: { maxBufferedBytes: 2000 } })
  const client = await join(router, { serializer: 'json' })
  for (let i = 0; i < 100; i++) await join(router)
  expect(errorOf(await client.call('wamp.session.list'))).toBe('wamp.error.payload_size_exceeded')
  expect(errorOf(await client.call('wamp.session.count'))).toBe(MessageType.RESULT)
})

test('an anonymous client has a random name, whatever it calls itself', async () => {
  const { router } = start({ realms: { [REALM]: { anonymous: 'guest' } } })
  const first = await login(router, { authid: 'root' })
  const second = await login(router, { authmethods: ['anonymous'], authid: 'root' })
  expect([first[1], first[2], second[1]]).toEqual(['guest', 'anonymous', 'guest'])
  expect(new Set([first[0], second[0], 'root']).size).toBe(3)
})

test('a challenge is another one each time, and bound to its session', async () => {
  const { router } = start({ realms: { [REALM]: { users: USERS } } })
  const challenges: string[] = []
  const seen = (challenge: Challenge) => {
    challenges.push(String(challenge.extra.challenge))
    return sign(USERS.amy.secret)(challenge)
  }
  for (let i = 0; i < 2; i++) await login(router, { authmethods: ['wampcra'], authid: 'amy', answer: seen })
  const [one, other] = challenges.map((challenge) => JSON.parse(challenge))
  expect(one.nonce).not.toBe(other.nonce)
  expect(one.session).not.toBe(other.session)
  expect(Object.keys(one).sort()).toEqual(
    ['authid', 'authmethod', 'authprovider', 'authrole', 'nonce', 'session', 'timestamp'].sort(),
  )
})

test('a realm that is not there cannot be joined', async () => {
  const { router } = start()
  const client = connect(router)
  client.send(new Hello({ realm: 'realm2', roles: { caller: {} } }))
  expect(((await client.next(MessageType.ABORT)) as Abort).reason).toBe('wamp.error.no_such_realm')
  expect((await client.end).code).toBe(1000)
})

const before: [string, Message][] = [
  ['GOODBYE', new Goodbye()],
  ['AUTHENTICATE', new Authenticate({ signature: '' })],
  ['WELCOME', new Welcome({ session: 1, roles: { broker: {} } })],
]
test.each(before)('%s before the session is out of place', async (name, message) => {
  const { router } = start()
  const client = connect(router)
  client.send(message)
  const abort = (await client.next(MessageType.ABORT)) as Abort
  expect([abort.reason, abort.message]).toEqual([
    'wamp.error.protocol_violation',
    `${name} is out of place here`,
  ])
  expect((await client.end).code).toBe(1002)
})

const within: [string, Message][] = [
  ['HELLO', new Hello({ realm: REALM, roles: { caller: {} } })],
  ['EVENT', new EventMessage({ subscription: 1, publication: 1 })],
  ['AUTHENTICATE', new Authenticate({ signature: '' })],
]
test.each(within)('%s in a session is out of place, and ends it', async (name, message) => {
  const { router } = start()
  const client = await join(router)
  const other = await join(router)
  await client.register('a.b')
  client.send(message)
  const abort = (await client.next(MessageType.ABORT)) as Abort
  expect([abort.reason, abort.message]).toEqual([
    'wamp.error.protocol_violation',
    `${name} is out of place here`,
  ])
  expect((await client.end).code).toBe(1002)
  expect(await other.register('a.b')).toBeGreaterThan(0)
})

test('a client that says goodbye is answered, and its subscriptions and registrations are gone', async () => {
  const { router } = start()
  const client = await join(router)
  const other = await join(router)
  await client.subscribe('a.b')
  await client.register('a.b')
  client.send(new Goodbye())
  expect(((await client.next(MessageType.GOODBYE)) as Goodbye).reason).toBe('wamp.close.goodbye_and_out')
  expect((await client.end).code).toBe(1000)
  expect(await other.register('a.b')).toBeGreaterThan(0)
  await other.publish('a.b')
  expect(client.events()).toEqual([])
})

test('a router that closes says goodbye to everybody', async () => {
  const { router } = start()
  const clients = [await join(router), await join(router)]
  router.close()
  for (const client of clients) {
    expect(((await client.next(MessageType.GOODBYE)) as Goodbye).reason).toBe('wamp.close.system_shutdown')
  }
})

test('who joins and leaves is told to those who listen', async () => {
  const { router } = start()
  const watcher = await join(router)
  await watcher.subscribe('wamp.session.on_join')
  await watcher.subscribe('wamp.session.on_leave')
  const client = await join(router, { serializer: 'json', authid: 'joe' })
  const joined = await watcher.next(MessageType.EVENT)
  expect(joined.args?.[0]).toMatchObject({
    session: client.id,
    authid: 'joe',
    authrole: 'user',
    transport: { serializer: 'json' },
  })
  client.connection.close()
  expect((await watcher.next(MessageType.EVENT)).args).toEqual([client.id, 'joe', 'user'])
})

test('who is here can be asked for', async () => {
  const { router } = start()
  const joe = await join(router, { authid: 'joe' })
  const amy = await join(router, { authid: 'root' })
  const ask = async (procedure: string, ...args: unknown[]) =>
    ((await amy.call(`wamp.session.${procedure}`, { args })) as Result).args?.[0]
  expect([
    await ask('count'),
    await ask('count', ['user']),
    await ask('list'),
    await ask('list', ['admin']),
  ]).toEqual([2, 1, [joe.id, amy.id], [amy.id]])
  expect(await ask('get', joe.id)).toMatchObject({ session: joe.id, authid: 'joe', authmethod: 'ticket' })
  const unknown = await amy.call('wamp.session.get', { args: [{ toString: 1 }] })
  expect((unknown as { error?: string }).error).toBe('wamp.error.no_such_session')
})
