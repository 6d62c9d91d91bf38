/**
 * Attributes of messages that have parts in FlatBuffers: lists, hops, pairs of texts, roles. Those of a client, of a
 * router that welcomes it, and of routers on the way.
 */
import { randomOf, seedOf } from './random.mjs'

const MESSAGES = 256

const features = (...names) => ({ features: Object.fromEntries(names.map((name) => [name, true])) })

/** The roles of a client and of a router, with the features that the messages say they have. */
export const CLIENT = () => ({
  publisher: features('publisher_identification', 'publisher_exclusion', 'subscriber_blackwhite_listing'),
  subscriber: features('publisher_identification', 'pattern_based_subscription', 'subscription_revocation'),
  caller: features('caller_identification', 'call_timeout', 'call_canceling', 'progressive_call_results'),
  callee: features(
    'caller_identification',
    'call_canceling',
    'progressive_call_results',
    'pattern_based_registration',
    'shared_registration',
    'registration_revocation',
  ),
})

export const ROUTER = () => ({
  broker: features(
    'publisher_identification',
    'publisher_exclusion',
    'subscriber_blackwhite_listing',
    'pattern_based_subscription',
    'subscription_revocation',
    'session_meta_api',
    'event_history',
  ),
  dealer: features(
    'caller_identification',
    'call_timeout',
    'call_canceling',
    'progressive_call_results',
    'pattern_based_registration',
    'shared_registration',
    'registration_revocation',
    'session_meta_api',
  ),
})

const uri = (random) => `com.myapp.${random.word()}.${random.word()}`
const hops = (random, count) =>
  random.times(count, () => ({
    session: random.globalId(),
    authid: `${random.word()}-${random.below(1e4)}`,
    authrole: 'rlink',
  }))
const publish = (random) => ({ request: 1 + random.below(1e6), topic: uri(random) })
const event = (random) => ({ subscription: random.globalId(), publication: random.globalId() })
const call = (random) => ({ request: 1 + random.below(1e6), procedure: uri(random), timeout: 5000 })
const name = (random) => `${random.word()}-${random.word()}-${random.below(1e6)}`

/** By kind: the class of the message, and what draws its attributes. */
export const PART_KINDS = {
  'hello-roles': [
    'Hello',
    (random) => ({ realm: 'realm1', authid: name(random), authmethods: ['cryptosign'], roles: CLIENT() }),
  ],
  'welcome-roles': [
    'Welcome',
    (random) => ({
      session: random.globalId(),
      realm: 'realm1',
      authid: name(random),
      authrole: 'user',
      authmethod: 'cryptosign',
      roles: ROUTER(),
    }),
  ],
  'challenge-extra': ['Challenge', (random) => ({ method: 'wampcra', extra: { challenge: name(random) } })],
  'authenticate-extra': [
    'Authenticate',
    (random) => ({ signature: name(random), extra: { nonce: name(random) } }),
  ],
  'publish-options': [
    'Publish',
    (random) => ({ ...publish(random), acknowledge: true, exclude_me: false, retain: true }),
  ],
  'publish-ids': [
    'Publish',
    (random) => ({
      ...publish(random),
      exclude: random.times(1 + random.below(3), random.globalId),
      eligible: random.times(1 + random.below(3), random.globalId),
    }),
  ],
  'publish-texts': [
    'Publish',
    (random) => ({ ...publish(random), eligible_authrole: [random.word(), random.word()] }),
  ],
  'publish-hops': [
    'Publish',
    (random) => ({ ...publish(random), forward_for: hops(random, 1 + random.below(2)) }),
  ],
  'event-hops': ['Event', (random) => ({ ...event(random), forward_for: hops(random, 1 + random.below(2)) })],
  'call-hops': ['Call', (random) => ({ ...call(random), forward_for: hops(random, 1 + random.below(2)) })],
}

/** The messages of a kind, as attributes. */
export function attributesOfKind(kind, seed) {
  const random = randomOf(seedOf(seed, `flatbuffers-parts-${kind}`))
  return Array.from({ length: MESSAGES }, () => PART_KINDS[kind][1](random))
}
