/** Tests of src/message/table-checks.ts: each rule refuses a table that breaks it, and names the table. */
import { expect, test } from 'vitest'
import { ControlMessage, DataMessage } from '../../../src/message/categories.ts'
import { Publish } from '../../../src/message/classes/publish.ts'
import { Message } from '../../../src/message/message.ts'
import { type MessageTable, type Option, PPT_KEYID } from '../../../src/message/table.ts'
import { checkTables, MAX_OPTIONS } from '../../../src/message/table-checks.ts'
import { TABLES } from '../../../src/message/tables.ts'

const named = (name: string): MessageTable => TABLES.find((table) => table.name === name) as MessageTable
const { positions: [REQUEST] = [], options } = named('PUBLISH')
const [ANY_OPTION] = options as [Option]

/** The tables with one of them changed. */
const changed = (name: string, change: (table: MessageTable) => Partial<MessageTable>): MessageTable[] =>
  TABLES.map((table) => (table.name === name ? { ...table, ...change(table) } : table))

const more = (count: number, name: (i: number) => string): Option[] =>
  Array.from({ length: count }, (_, i) => ({ ...ANY_OPTION, key: name(i), attribute: name(i) }))

test('the tables of the package keep all rules', () => {
  expect(() => checkTables(TABLES)).not.toThrow()
})

const BROKEN: readonly (readonly [rule: string, tables: () => MessageTable[], message: string])[] = [
  [
    'a 33rd option',
    () =>
      changed('PUBLISH', (table) => ({
        options: [...table.options, ...more(MAX_OPTIONS + 1 - table.options.length, (i) => `more_${i}`)],
      })),
    'PUBLISH: 33 options: at most 32',
  ],
  [
    'a code that another message has',
    () => changed('CANCEL', () => ({ code: 48 })),
    'CANCEL: code 48 does not come after 48 of CALL',
  ],
  ['codes out of order', () => [...TABLES].reverse(), 'INTERRUPT: code 69 does not come after 70 of YIELD'],
  [
    'a code beyond a byte',
    () => changed('YIELD', () => ({ code: 128 })),
    'YIELD: code 128 is not from 1 to 127',
  ],
  [
    'a code that is no integer',
    () => changed('YIELD', () => ({ code: 70.5 })),
    'YIELD: code 70.5 is not from 1 to 127',
  ],
  [
    'a fifth position',
    () => changed('ERROR', (table) => ({ positions: [...table.positions, REQUEST!] })),
    'ERROR: 5 positions: at most 4',
  ],
  [
    'a third id',
    () => changed('REGISTERED', (table) => ({ positions: [...table.positions, REQUEST!] })),
    'REGISTERED: 3 ids: at most 2',
  ],
  [
    'two dictionaries',
    () => changed('CANCEL', (table) => ({ positions: [...table.positions, table.positions[1]!] })),
    'CANCEL: 2 dictionaries: at most 1',
  ],
  [
    'two URIs',
    () => changed('PUBLISH', (table) => ({ positions: [...table.positions, table.positions[2]!] })),
    'PUBLISH: 2 URIs or texts: at most 1',
  ],
  [
    'a position that may be missing before another',
    () => changed('UNSUBSCRIBED', ({ positions }) => ({ positions: [...positions].reverse() })),
    'UNSUBSCRIBED: only the last position may be missing',
  ],
  [
    'two rows of one key',
    () => changed('WELCOME', ({ writeOrder }) => ({ writeOrder: [...writeOrder, 0] })),
    'WELCOME: a key has two rows',
  ],
  [
    'two keys of one attribute',
    () =>
      changed('WELCOME', (table) => ({
        options: [...table.options, { ...table.options[0]!, key: 'other' }],
      })),
    'WELCOME: an attribute has two keys',
  ],
  [
    'an option of a mixin that the category does not have',
    () => changed('WELCOME', (table) => ({ options: [...table.options, ...more(1, () => 'forward_for')] })),
    'WELCOME: category 1 and option forward_for do not fit',
  ],
  [
    'options of a mixin in another order',
    () =>
      changed('CALL', (table) => ({
        options: [...table.options.slice(0, PPT_KEYID), ...table.options.slice(PPT_KEYID).reverse()],
      })),
    'CALL: category 4 and option ppt_keyid do not fit',
  ],
  [
    'args of a message that has the mixin',
    () => changed('CALL', () => ({ payload: 'args' })),
    'CALL: args without a mixin are for category 1',
  ],
  [
    'an interned text',
    () =>
      changed('CHALLENGE', ({ positions }) => ({
        positions: positions.map((each) => ({ ...each, isInterned: true })),
      })),
    'CHALLENGE: method is interned, and not a URI',
  ],
  [
    'from with an attribute that the source does not have',
    () => changed('EVENT', ({ from }) => ({ from: { ...from!, carries: ['retained'] } })),
    'EVENT: carries retained, which PUBLISH does not have',
  ],
  [
    'from with an attribute that the message does not have',
    () => changed('EVENT', ({ from }) => ({ from: { ...from!, carriesLinked: ['exclude_me'] } })),
    'EVENT: carries exclude_me, which the message does not have',
  ],
  [
    'a key beyond ASCII',
    () => changed('CALL', (table) => ({ options: [...table.options, ...more(1, () => 'clé')] })),
    'key clé: 1 to 255 characters of ASCII',
  ],
  [
    'more keys than numbers',
    () =>
      TABLES.map((table) => ({
        ...table,
        options: [...table.options, ...more(12, (i) => `${table.name.toLowerCase()}_${i}`)],
      })),
    '368 keys: at most 254',
  ],
  [
    'more messages than numbers',
    () => Array.from({ length: 255 }, () => named('CALL')),
    '255 messages: at most 254',
  ],
]

/** A table with one of its rows changed: a position, or an option. */
const row = (
  name: string,
  what: 'positions' | 'options',
  attribute: string,
  change: Readonly<Record<string, unknown>>,
): MessageTable[] =>
  changed(name, (table) => ({
    [what]: table[what].map((each) => (each.attribute === attribute ? { ...each, ...change } : each)),
  }))
const fromOf = (name: string, change: object): MessageTable[] =>
  changed(name, ({ from }) => ({ from: { ...from!, ...change } }))

/** What would be written or read wrong without a word. */
const SILENT: typeof BROKEN = [
  [
    'an option with the name of a position',
    () => changed('PUBLISH', (table) => ({ options: [...table.options, ...more(1, () => 'topic')] })),
    'PUBLISH: topic is taken',
  ],
  [
    'a key with the name of another attribute',
    () => row('WELCOME', 'options', 'authid', { attribute: 'authrole_', key: 'authrole' }),
    'WELCOME: authrole is taken',
  ],
  [
    'an attribute with another name than its key',
    () => row('WELCOME', 'options', 'authid', { attribute: 'login', key: 'authid' }),
    'WELCOME: login is not the name of the key authid',
  ],
  [
    'an attribute that all messages have',
    () => changed('PUBLISH', (table) => ({ options: [...table.options, ...more(1, () => 'kwargs')] })),
    'PUBLISH: kwargs is taken',
  ],
  [
    'a position twice',
    () => row('EVENT', 'positions', 'publication', { attribute: 'subscription' }),
    'EVENT: subscription is taken',
  ],
  [
    'an unknown kind of option',
    () => row('CALL', 'options', 'timeout', { kind: 'long' }),
    'CALL: timeout is of no kind of options: long',
  ],
  [
    'an unknown kind of position',
    () => row('CALL', 'positions', 'request', { kind: 'long' }),
    'CALL: request is of no kind of positions: long',
  ],
  [
    'an id among the options',
    () => row('EVENT', 'options', 'publisher', { kind: 'id' }),
    'EVENT: publisher: ids in options are of kind int or ints, and named in ID_OPTIONS',
  ],
  [
    'hops by another name',
    () => row('CALL', 'options', 'timeout', { kind: 'hops' }),
    'CALL: timeout is of a kind for the mixins: hops',
  ],
  [
    'a word that is none of the kind',
    () => row('REGISTER', 'options', 'match', { absent: 'any' }),
    'REGISTER: match cannot be any when it is absent',
  ],
  [
    'a default of a kind without words',
    () => row('CALL', 'options', 'timeout', { absent: '5' }),
    'CALL: timeout cannot be 5 when it is absent',
  ],
  [
    'a required option without a rule',
    () => row('CALL', 'options', 'timeout', { isRequired: true }),
    'CALL: timeout is required, and rules.ts does not ask for it',
  ],
  [
    'a text that may be left out',
    () => row('AUTHENTICATE', 'positions', 'signature', { absent: '' }),
    'AUTHENTICATE: signature may be left out, and is not a URI',
  ],
  [
    'a dictionary of a message that is forwarded',
    () => row('CANCEL', 'positions', 'options', { kind: 'dict', attribute: 'extra' }),
    'CANCEL: extra is a dictionary: of category 1, and the first of the options',
  ],
  [
    'a dictionary of another name than its option',
    () => row('CHALLENGE', 'positions', 'extra', { attribute: 'details' }),
    'CHALLENGE: details is a dictionary: of category 1, and the first of the options',
  ],
  [
    'an optional dictionary before a payload',
    () => row('RESULT', 'positions', 'details', { kind: 'options?' }),
    'RESULT: only the last position may be missing, and a payload comes behind it',
  ],
  [
    'from of a message with a text',
    () => changed('PUBLISH', () => ({ from: named('EVENT').from })),
    'PUBLISH: from cannot give the text of a position',
  ],
  [
    'a narrower kind that a link carries',
    () => fromOf('INTERRUPT', { carriesLinked: ['mode'] }),
    'INTERRUPT: carries mode of a link as another kind',
  ],
  [
    'an option of a message without options',
    () => changed('SUBSCRIBED', () => ({ options: more(1, () => 'note') })),
    'SUBSCRIBED: note has no place in a list without options',
  ],
  [
    'an option beside a dictionary',
    () => changed('CHALLENGE', (table) => ({ options: [...table.options, ...more(1, () => 'note')] })),
    'CHALLENGE: note has no place in a list with extra',
  ],
  [
    'an id behind the options',
    () => changed('CANCEL', ({ positions }) => ({ positions: [...positions].reverse() })),
    'CANCEL: ids come first',
  ],
  [
    'from with an id that the source does not have',
    () => fromOf('PUBLISHED', { ids: ['publication'] }),
    'PUBLISHED: from takes publication, which is not an id of both messages',
  ],
  [
    'from that has no id to give',
    () => fromOf('RESULT', { ids: ['request'] }),
    'RESULT: from needs an id to give',
  ],
  [
    'custom keys of a message without options',
    () => fromOf('PUBLISHED', { carriesCustom: true }),
    'PUBLISHED: from carries nothing but ids into a message without options',
  ],
  [
    'from a message without a payload',
    () => fromOf('EVENT', { source: named('CANCEL') }),
    'EVENT: from cannot give the payload of CANCEL',
  ],
  [
    'the code that EVENT_RECEIVED has in FlatBuffers',
    () => [...TABLES.slice(0, 15), { ...named('CANCEL'), code: 37 }],
    'CANCEL: code 37 does not come after 37 of EVENT_RECEIVED',
  ],
  [
    'a position that is no name',
    () => row('CALL', 'positions', 'request', { attribute: 'the-request' }),
    'CALL: the-request is not a name for an attribute',
  ],
  [
    'an attribute with the name of a number of a URI',
    () => changed('CALL', ({ options }) => ({ options: [...options, ...more(1, () => 'topicRef')] })),
    'CALL: topicRef is not a name for an attribute',
  ],
]

test.each([...BROKEN, ...SILENT])('checkTables refuses %s', (_, tables, message) => {
  expect(() => checkTables(tables())).toThrow(new TypeError(message))
})

/** What a message of category 4 has, also inherited, and its slots without their underscore. */
const members = new Set(
  [new Publish({ request: 1, topic: 'a.b' }), DataMessage, ControlMessage, Message, Object]
    .flatMap((owner) => Reflect.ownKeys(typeof owner === 'function' ? owner.prototype : owner))
    .map((name) => String(name).replace(/^_/, '')),
)

test.each([...members, 'type'])('checkTables refuses an option by the name of a member: %s', (name) => {
  const tables = changed('PUBLISH', ({ options }) => ({ options: [...options, ...more(1, () => name)] }))
  expect(() => checkTables(tables)).toThrow(TypeError)
})

test('every option that a message shares with what it is made from goes along, but for those that are named here', () => {
  const left = TABLES.flatMap(({ name, options, from }) =>
    (from?.source.options ?? [])
      .map(({ attribute }) => attribute)
      .filter((attribute) => options.some((option) => option.attribute === attribute))
      .filter((attribute) => ![...from!.carries, ...from!.carriesLinked].includes(attribute))
      .map((attribute) => `${name}.${attribute}`),
  )
  // A router gives it to callees that have registered with forward_timeout.
  expect(left).toEqual(['INVOCATION.timeout'])
})
