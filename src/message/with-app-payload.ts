/**
 * The application payload mixin: args and kwargs, or one opaque payload with what describes it. It holds accessors
 * and methods; the slots belong to the constructors of the concrete classes.
 */
import { isObject, nameOf, wrongArgument } from '../arguments.ts'
import { isAttached, isBytes } from '../brand.ts'
import { PayloadRuleError } from '../errors.ts'
import { MODE_ENC, MODE_PPT } from '../kernel/abi.ts'
import { inDialect } from '../payload/dialect.ts'
import { builtPayload, NO_PAYLOAD, type Payload } from '../payload/payload.ts'
import { payloadOfRaw, rawOf } from '../payload/raw.ts'
import type { RawPayload } from '../payload/raw-payload.ts'
import type { PayloadView } from '../payload/view.ts'
import { viewOfPayload } from '../payload/view-payload.ts'
import { isDict } from './kinds.ts'
import type { Message } from './message.ts'
import { change, readOption, writeOption } from './options.ts'
import { inEnc, inPpt } from './passthru.ts'
import {
  ENC_ALGO,
  ENC_KEY,
  ENC_SERIALIZER,
  PAYLOAD_KEYS,
  PPT_CIPHER,
  PPT_KEYID,
  PPT_SCHEME,
  PPT_SERIALIZER,
} from './table.ts'
import type { Given } from './values.ts'

/** What the mixin gives. */
export interface WithAppPayload {
  /** Positional payload values; null when there are none. Decoded at first access. */
  args: unknown[] | null
  /** Keyword payload values; null when there are none. Decoded at first access. */
  kwargs: Record<string, unknown> | null
  /**
   * An opaque payload in place of args and kwargs: bytes that the router passes on; null when there is none. A view of
   * the frame; of shared memory that was set it is a copy.
   */
  get payload(): Uint8Array<ArrayBuffer> | null
  set payload(payload: Uint8Array | null)
  /** How the opaque payload is encrypted: `cryptobox`, `mqtt`, `xbr` or `x_...`. Needs a payload. */
  enc_algo: string | null
  /** Which key encrypts the opaque payload. Needs enc_algo. */
  enc_key: string | null
  /** How the encrypted content is serialized: `json`, `msgpack`, `cbor`, `ubjson`, `flatbuffers` or `x_...`. */
  enc_serializer: string | null
  /** Payload passthru scheme: `wamp`, `mqtt` or `x_...`. Specification: "Payload Passthru Mode". */
  ppt_scheme: string | null
  /** How the passthru payload is serialized, for example `cbor`. */
  ppt_serializer: string | null
  /** How the passthru payload is encrypted: `xsalsa20poly1305` or `aes256gcm`. */
  ppt_cipher: string | null
  /** Which key encrypts the passthru payload. */
  ppt_keyid: string | null
  /** The payload as it came, encoded; null for a payload that was built. Constructors take it. */
  readonly rawPayload: RawPayload | null
  /**
   * args and kwargs as a map of two, of which nothing is decoded but what is asked for:
   * `msg.payloadView.path('kwargs', 'order', 'items', 3, 'price')?.toValue()`. Empty when the payload is opaque.
   */
  readonly payloadView: PayloadView
  /**
   * A message whose opaque payload is in the ppt_* dialect: the bytes are shared, and what enc_* say of them is said in
   * ppt_* (`cryptobox` is `wamp` with `xsalsa20poly1305`, `xbr` is `x_xbr`, enc_key is ppt_keyid). Any other message is
   * copied as it is. Throws EncodeError UNENCODABLE for what the dialect has no words for.
   */
  toPpt(): this
  /** The same the other way: a message whose opaque payload is in the enc_* dialect. */
  toEnc(): this
  /** The rule of `payloadRules: 'strict'`: an opaque payload has enc_algo, enc_key and enc_serializer. */
  validatePayloadAttributes(): void
}

/** Payload attributes as constructors take them: null and undefined are absent. */
export interface PayloadAttributes
  extends Given<
    WithAppPayload,
    | 'args'
    | 'kwargs'
    | 'payload'
    | 'rawPayload'
    | 'enc_algo'
    | 'enc_key'
    | 'enc_serializer'
    | 'ppt_scheme'
    | 'ppt_serializer'
    | 'ppt_cipher'
    | 'ppt_keyid'
  > {}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript requires any[] of a mixin's constructor (TS2545)
type Mixin<Instance> = abstract new (...args: any[]) => Instance

/** Adds the application payload to a class. Apply it once for each category, after `withForwardFor`. */
export function withAppPayload<B extends Mixin<object>>(Base: B): B & Mixin<WithAppPayload> {
  if (typeof Base !== 'function' || Base.prototype === undefined)
    throw wrongArgument('withAppPayload', 'a class', Base)
  abstract class AppPayload extends Base implements WithAppPayload {
    declare _payload: Payload

    get args(): unknown[] | null {
      return payloadOf(this).readArgs()
    }
    set args(args: unknown[] | null) {
      setPayload(this, args, this.kwargs, this.payload)
    }

    get kwargs(): Record<string, unknown> | null {
      return payloadOf(this).readKwargs()
    }
    set kwargs(kwargs: Record<string, unknown> | null) {
      setPayload(this, this.args, kwargs, this.payload)
    }

    get payload(): Uint8Array<ArrayBuffer> | null {
      return payloadOf(this).readOpaque()
    }
    set payload(payload: Uint8Array | null) {
      setPayload(this, this.args, this.kwargs, payload)
    }

    get rawPayload(): RawPayload | null {
      return rawOf(payloadOf(this))
    }

    get payloadView(): PayloadView {
      return viewOfPayload(payloadOf(this))
    }

    get enc_algo(): string | null {
      return text(this, ENC_ALGO)
    }
    set enc_algo(value: string | null) {
      write(this, ENC_ALGO, value)
    }

    get enc_key(): string | null {
      return text(this, ENC_KEY)
    }
    set enc_key(value: string | null) {
      write(this, ENC_KEY, value)
    }

    get enc_serializer(): string | null {
      return text(this, ENC_SERIALIZER)
    }
    set enc_serializer(value: string | null) {
      write(this, ENC_SERIALIZER, value)
    }

    get ppt_scheme(): string | null {
      return text(this, PPT_SCHEME)
    }
    set ppt_scheme(value: string | null) {
      write(this, PPT_SCHEME, value)
    }

    get ppt_serializer(): string | null {
      return text(this, PPT_SERIALIZER)
    }
    set ppt_serializer(value: string | null) {
      write(this, PPT_SERIALIZER, value)
    }

    get ppt_cipher(): string | null {
      return text(this, PPT_CIPHER)
    }
    set ppt_cipher(value: string | null) {
      write(this, PPT_CIPHER, value)
    }

    get ppt_keyid(): string | null {
      return text(this, PPT_KEYID)
    }
    set ppt_keyid(value: string | null) {
      write(this, PPT_KEYID, value)
    }

    toPpt(): this {
      return inPpt(this as unknown as Message) as unknown as this
    }

    toEnc(): this {
      return inEnc(this as unknown as Message) as unknown as this
    }

    validatePayloadAttributes(): void {
      checkPayloadRules(this, 'strict')
    }
  }
  return AppPayload as unknown as B & Mixin<WithAppPayload>
}

function payloadOf(message: object): Payload {
  return (message as Message)._payload ?? NO_PAYLOAD
}

function text(message: object, field: number): string | null {
  return readOption(message as Message, field) as string | null
}

function write(message: object, field: number, value: string | null): void {
  writeOption(message as Message, field, value)
  // The dialect of an opaque payload follows from ppt_scheme.
  if (field === PPT_SCHEME && payloadOf(message).isOpaque()) {
    setPayload(message, null, null, payloadOf(message).opaqueBytes())
  }
}

function checkArguments(args: unknown, kwargs: unknown): void {
  if (args != null && !Array.isArray(args))
    throw new TypeError(`expected a list for args, got ${nameOf(args)}`)
  if (kwargs != null && !isDict(kwargs)) {
    throw new TypeError(`expected a dictionary for kwargs, got ${nameOf(kwargs)}`)
  }
}

/** Replaces the payload; messages that share the old one do not see it. @internal */
export function setPayload(
  message: object,
  args: unknown[] | null | undefined,
  kwargs: Record<string, unknown> | null | undefined,
  payload: Uint8Array | null | undefined,
): void {
  checkArguments(args, kwargs)
  if (payload != null && !isBytes(payload)) {
    throw new TypeError(`expected a Uint8Array for payload, got ${nameOf(payload)}`)
  }
  if (payload != null && !isAttached(payload)) throw new TypeError('payload: its buffer was detached')
  if (payload != null && (args != null || kwargs != null)) {
    throw new PayloadRuleError('PAYLOAD_RULE', 'payload excludes args and kwargs', { path: 'payload' })
  }
  const target = message as Message
  change(target)
  const mode = readOption(target, PPT_SCHEME) === null ? MODE_ENC : MODE_PPT
  target._payload = builtPayload(args ?? null, kwargs ?? null, payload ?? null, mode)
}

/**
 * Throws PayloadRuleError unless: enc_* describe an opaque payload, and enc_key and enc_serializer come with enc_algo.
 * Strict: an opaque payload has all three or is in the ppt_* dialect. FlatBuffers have no place for a custom enc_algo:
 * what needs it may come without.
 *
 * @internal
 */
export function checkPayloadRules(message: object, rules: 'interop' | 'strict' | 'flatbuffers'): void {
  // Nothing describes a payload that was built without options.
  const { _options, _frame } = message as Message
  if (_options === null && _frame == null && rules !== 'strict') return
  const algo = text(message, ENC_ALGO)
  const key = text(message, ENC_KEY)
  const serializer = text(message, ENC_SERIALIZER)
  const broken = (path: string, rule: string): PayloadRuleError =>
    new PayloadRuleError('PAYLOAD_RULE', rule, {
      path,
      messageType: (message as Message).table?.code ?? null,
    })
  const needsAlgo = algo === null && rules !== 'flatbuffers'
  if (needsAlgo && key !== null) throw broken('enc_key', 'enc_key needs enc_algo')
  if (needsAlgo && serializer !== null) throw broken('enc_serializer', 'enc_serializer needs enc_algo')
  const payload = payloadOf(message)
  // Not its bytes: JSON has to decode them.
  const isOpaque = payload.isOpaque()
  if (algo !== null && !isOpaque) throw broken('enc_algo', 'enc_algo needs a payload')
  if (rules !== 'strict' || !isOpaque || text(message, PPT_SCHEME) !== null) return
  if (algo === null || key === null || serializer === null) {
    const missing = algo === null ? 'enc_algo' : key === null ? 'enc_key' : 'enc_serializer'
    throw broken(missing, `a payload needs enc_algo, enc_key and enc_serializer: ${missing} is missing`)
  }
}

/**
 * For constructors: gives the mixin its slots, and the payload and options that the attributes hold. Throws TypeError
 * for a value of the wrong type and PayloadRuleError for attributes that contradict each other.
 */
export function initAppPayload(message: object, attributes: PayloadAttributes): void {
  if (!isObject(message)) throw wrongArgument('initAppPayload', 'a message', message)
  if (!isObject(attributes)) throw wrongArgument('initAppPayload', 'an object with attributes', attributes)
  const target = message as Message
  target._options ??= null
  target._payload ??= NO_PAYLOAD
  // Classes with a table have written all their options already.
  if (target.table === undefined) {
    const given = attributes as Readonly<Record<string, unknown>>
    for (let field = ENC_ALGO; field <= PPT_KEYID; field++)
      writeOption(target, field, given[PAYLOAD_KEYS[field] as string])
  }
  const { args, kwargs, payload, rawPayload } = attributes
  if (target._options === null && payload == null && rawPayload == null) {
    // Nothing to agree with: the usual message.
    initArguments(target, args, kwargs)
    return
  }
  if (rawPayload != null) {
    if (args != null || kwargs != null || payload != null) {
      throw new PayloadRuleError('PAYLOAD_RULE', 'rawPayload excludes args, kwargs and payload', {
        path: 'rawPayload',
      })
    }
    const known = payloadOfRaw(rawPayload)
    const mode = readOption(target, PPT_SCHEME) === null ? MODE_ENC : MODE_PPT
    target._payload = known.isOpaque() ? inDialect(known, mode) : known
  } else if (args != null || kwargs != null || payload != null) {
    setPayload(message, args, kwargs, payload)
  }
  checkPayloadRules(message, 'interop')
}

/** The same for attributes without options and opaque payload. @internal */
export function initArguments(message: Message, args: unknown, kwargs: unknown): void {
  checkArguments(args, kwargs)
  const list = (args ?? null) as unknown[] | null
  message._payload = builtPayload(list, (kwargs ?? null) as Record<string, unknown> | null, null, MODE_ENC)
}

/** True for the 7 messages that carry an application payload. */
export function hasAppPayload(message: Message): message is Message & WithAppPayload {
  return isObject(message) && 'validatePayloadAttributes' in message
}
