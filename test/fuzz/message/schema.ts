/**
 * The 25 messages as the model knows them, written down once more from the WAMP specification and the .fbs files: not
 * from the tables of the codec, which are tested.
 *
 * A word is an attribute, `name:kind`; then `!` when FlatBuffers has no slot for it, `?` when lists leave it out while
 * it is empty. The kind says the type of the slot too.
 */

/** What an attribute may be. */
export type Kind =
  | 'id'
  | 'requestType'
  | 'uri'
  | 'realm'
  | 'text'
  | 'bool'
  | 'int'
  | 'uint'
  | 'count'
  | 'ints'
  | 'texts'
  | 'methods'
  | 'method'
  | 'dict'
  | 'clientRoles'
  | 'routerRoles'
  | 'hops'
  | 'match'
  | 'invoke'
  | 'cancelMode'
  | 'interruptMode'
  | 'algo'
  | 'serializer'
  | 'cipher'

/** An attribute of a message. */
export interface Attribute {
  readonly name: string
  readonly kind: Kind
  readonly isPosition: boolean
  /** FlatBuffers has a slot for it. */
  readonly hasSlot: boolean
  /** Lists leave it out while it is empty. */
  readonly isTruthy: boolean
}

/** A message. */
export interface Schema {
  readonly name: string
  /** The class in the namespace `message`. */
  readonly className: string
  readonly code: number
  readonly attributes: readonly Attribute[]
  readonly payload: 'none' | 'args' | 'any'
  readonly hasHops: boolean
}

const CALLER = 'caller:int caller_authid:text caller_authrole:text'
const CALLEE = 'callee:int callee_authid:text callee_authrole:text'
const NO_CALLEE = 'callee:int! callee_authid:text! callee_authrole:text!'
const HOPS = 'forward_for:hops'
const PAYLOAD =
  'enc_algo:algo enc_key:text enc_serializer:serializer ' +
  'ppt_scheme:text! ppt_serializer:text! ppt_cipher:cipher ppt_keyid:text!'

type Row = readonly [
  className: string,
  code: number,
  positions: string,
  options: string,
  payload?: 'args' | 'any',
]

const ROWS: readonly Row[] = [
  [
    'Hello',
    1,
    'realm:realm',
    'roles:clientRoles authmethods:methods authid:text authrole:text authextra:dict resumable:bool ' +
      'resume_session:int resume_token:text agent:text! transport:dict!',
  ],
  [
    'Welcome',
    2,
    'session:id',
    'realm:text? authid:text? authrole:text? authmethod:method? authprovider:text? authextra:dict? ' +
      'resumed:bool? resumable:bool? resume_token:text? agent:text! roles:routerRoles',
  ],
  ['Abort', 3, 'reason:uri', 'message:text?', 'args'],
  ['Challenge', 4, 'method:method extra:dict', ''],
  ['Authenticate', 5, 'signature:text extra:dict', ''],
  ['Goodbye', 6, 'reason:uri', 'message:text? resumable:bool?'],
  ['Error', 8, 'request_type:requestType request:id error:uri', `${NO_CALLEE} ${HOPS}`, 'any'],
  [
    'Publish',
    16,
    'request:id topic:uri',
    'acknowledge:bool exclude_me:bool exclude:ints exclude_authid:texts exclude_authrole:texts eligible:ints ' +
      'eligible_authid:texts eligible_authrole:texts retain:bool transaction_hash:text disclose_me:bool! ' +
      `rkey:text! ${HOPS}`,
    'any',
  ],
  ['Published', 17, 'request:id publication:id', ''],
  ['Subscribe', 32, 'request:id topic:uri', `match:match get_retained:bool nkey:text! ${HOPS}!`],
  ['Subscribed', 33, 'request:id subscription:id', ''],
  ['Unsubscribe', 34, 'request:id subscription:id', `${HOPS}!?`],
  ['Unsubscribed', 35, 'request:id', 'reason:uri subscription:int'],
  [
    'Event',
    36,
    'subscription:id publication:id',
    'publisher:int publisher_authid:text publisher_authrole:text topic:text retained:bool ' +
      `transaction_hash:text x_acknowledged_delivery:bool trustlevel:int! ${HOPS}`,
    'any',
  ],
  ['EventReceived', 337, 'publication:id', ''],
  [
    'Call',
    48,
    'request:id procedure:uri',
    'timeout:uint receive_progress:bool transaction_hash:text progress:bool! disclose_me:bool! runmode:text! ' +
      `rkey:text! ${CALLER} ${HOPS}`,
    'any',
  ],
  ['Cancel', 49, 'request:id', `mode:cancelMode ${HOPS}`],
  ['Result', 50, 'request:id', `progress:bool ${CALLEE} ${HOPS}`, 'any'],
  [
    'Register',
    64,
    'request:id procedure:uri',
    'match:match invoke:invoke concurrency:count? force_reregister:bool disclose_caller:bool! ' +
      `forward_timeout:bool! ${HOPS}!`,
  ],
  ['Registered', 65, 'request:id registration:id', ''],
  ['Unregister', 66, 'request:id registration:id', `${HOPS}!?`],
  ['Unregistered', 67, 'request:id', 'reason:uri registration:int'],
  [
    'Invocation',
    68,
    'request:id registration:id',
    `timeout:uint receive_progress:bool ${CALLER} procedure:text transaction_hash:text progress:bool! ` +
      `trustlevel:int! ${HOPS}`,
    'any',
  ],
  ['Interrupt', 69, 'request:id', `mode:interruptMode reason:uri ${HOPS}`],
  ['Yield', 70, 'request:id', `progress:bool ${CALLEE} ${HOPS}`, 'any'],
]

function attributesOf(text: string, isPosition: boolean): Attribute[] {
  return text.split(' ').flatMap((word) => {
    const [, name, kind, marks = ''] = /^(\w+):(\w+)([!?]*)$/.exec(word) ?? []
    if (name === undefined) return []
    return [
      { name, kind: kind as Kind, isPosition, hasSlot: !marks.includes('!'), isTruthy: marks.includes('?') },
    ]
  })
}

/** All messages, by the name of their class. */
export const SCHEMAS: readonly Schema[] = ROWS.map(
  ([className, code, positions, options, payload]): Schema => ({
    name: className.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
    className,
    code,
    attributes: [
      ...attributesOf(positions, true),
      ...attributesOf(payload === 'any' ? `${options} ${PAYLOAD}` : options, false),
    ],
    payload: payload ?? 'none',
    hasHops: options.includes(HOPS),
  }),
)

const BY_CLASS = new Map(SCHEMAS.map((schema) => [schema.className, schema]))

/** The message of a class. */
export function schemaOf(className: string): Schema {
  return BY_CLASS.get(className) as Schema
}

/** What an attribute is read as when it is absent. */
export const ABSENT: Readonly<Partial<Record<Kind, string>>> = { match: 'exact', invoke: 'single' }

/** Names that the enumerations of FlatBuffers have; null is a number without a name. */
export const ENUMS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  method: ['ticket', 'wampcra', 'wamp-scram', 'cryptosign'],
  match: ['exact', 'prefix', 'wildcard'],
  invoke: ['single', 'first', 'last', 'roundrobin', 'random'],
  cancelMode: ['skip', 'kill', 'killnowait'],
  interruptMode: ['kill', 'killnowait'],
  algo: ['cryptobox', 'mqtt', 'xbr', 'opaque'],
  serializer: ['json', 'msgpack', 'cbor', 'ubjson', 'opaque', 'flatbuffers', 'flexbuffers'],
  cipher: ['xsalsa20poly1305', 'aes256gcm'],
}

/** Serializers that FlatBuffers can name and lists cannot. */
export const UNLISTED: readonly unknown[] = ['opaque', 'flexbuffers']

/** Features of the roles that FlatBuffers has a slot for, of those that the generator makes. */
export const ROLES: Readonly<Record<string, readonly string[]>> = {
  publisher: ['publisher_identification', 'publisher_exclusion', 'x_acknowledged_event_delivery'],
  subscriber: ['pattern_based_subscription', 'event_history'],
  caller: ['caller_identification', 'call_timeout'],
  callee: ['call_canceling', 'shared_registration'],
  broker: ['publisher_identification', 'event_retention', 'x_acknowledged_event_delivery'],
  dealer: ['call_trustlevels', 'call_timeout'],
}
