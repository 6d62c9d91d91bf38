/**
 * Limits and policy of a codec: every option with its default and its reason. `createCodec` resolves what the
 * application gives once; all layers below read the result. Any layer may import this file; it imports nothing.
 */

/** Options of a codec: what it checks, how payload values are read and written, and its limits. */
export interface PolicyOptions {
  /**
   * When the payload of a frame is checked. `eager`: by `decode`, so that no getter throws later. `deferred`: the head
   * by `decode`, args and kwargs before any of their bytes or values leave the message, in whatever way; a router that
   * only forwards then finds out by an error of `encode`. Default `eager`.
   */
  payloadValidation?: 'eager' | 'deferred' | undefined
  /**
   * When args and kwargs become values. `on-read`: when they are read for the first time, which a router never does;
   * `at-decode`: while the frame is decoded, for clients, which read everything. `at-decode` and `deferred` exclude
   * each other. Default `on-read`.
   */
  payloadValues?: 'on-read' | 'at-decode' | undefined
  /**
   * Whose the bytes of a frame are. `borrow`: they must not change, nor their buffer be detached, while a message
   * lives that was not detached. `copy`: the caller may reuse them at once. Shared memory and resizable buffers are
   * copied in any case. Default `borrow`.
   */
  ownership?: 'borrow' | 'copy' | undefined
  /**
   * The rules that URIs of frames must keep. `loose`: components without white space and `#`; `strict`: of `a-z`, `0-9`
   * and `_` only; `none`: any text. Specification: "URIs". Default `loose`.
   */
  uri?: 'loose' | 'strict' | 'none' | undefined
  /**
   * What must come with an opaque payload. `interop`: `enc_key` and `enc_serializer` need `enc_algo`. `strict`: all
   * three or none, as in autobahn-python. Default `interop`.
   */
  payloadRules?: 'interop' | 'strict' | undefined
  /**
   * Keys of Options and Details that WAMP does not define. `keep`: they are in `message.custom`; `custom`: those that
   * begin with `x_` or `_` are, others are dropped; `drop`: all are dropped; `refuse`: the frame is refused. Default
   * `keep`.
   */
  unknownKeys?: 'keep' | 'custom' | 'drop' | 'refuse' | undefined
  /**
   * A key that a map in a payload has twice. `last`: the last one counts; `refuse`: a ProtocolError DUPLICATE_KEY.
   * Options and Details refuse it in any case. Default `last`.
   */
  duplicateKeys?: 'last' | 'refuse' | undefined
  /**
   * Integers in payloads. `auto`: a Number up to 2^53, a BigInt beyond; `number`: always a Number, rounded; `bigint`:
   * always a BigInt. Default `auto`.
   */
  integers?: 'auto' | 'number' | 'bigint' | undefined
  /**
   * Byte strings in args and kwargs, and in lists. `copy`: bytes of their own; `view`: a view of the frame, which it
   * keeps alive; `buffer`: copies that are Node's Buffers. `message.payload` is a view in any case. Default `copy`.
   */
  binary?: 'copy' | 'view' | 'buffer' | undefined
  /**
   * Maps in payloads. `object`: a plain object, or a `Map` where keys are neither texts nor integers; `map`: always a
   * `Map`, with all keys as they are. Default `object`.
   */
  maps?: 'object' | 'map' | undefined
  /**
   * Tags of CBOR in payloads. `plain`: bignums are BigInts, all others are dropped to their value; `tagged`: every tag
   * is a `Tagged`. What has no plain form, as a MsgPack extension, is a `Tagged` in either. Default `plain`.
   */
  tags?: 'plain' | 'tagged' | undefined
  /**
   * A value that the format cannot carry. `throw`: an EncodeError; `json`: what `JSON.stringify` does with it, as null
   * for NaN. Default `throw`.
   */
  unrepresentable?: 'throw' | 'json' | undefined
  /**
   * What published clients send against the rules. `strict`: refused; `lenient`: read; docs/peers.md lists all of it.
   * What is written keeps the rules in either. Default `strict`.
   */
  peers?: 'strict' | 'lenient' | undefined
  /** Whether a message that was received, or derived from one, keeps what `encode` has made of it. Default true. */
  cache?: boolean | undefined
  /**
   * Levels that arrays, maps and tags may be nested, 1 to 1000. Default 128: deep enough for any document that people
   * write, shallow enough for any stack.
   */
  maxDepth?: number | undefined
  /**
   * Bytes of one message, 1 to 2^30. Default 16,777,215, which is 16 MiB - 1: RawSocket cannot carry more without the X
   * bit.
   */
  maxMessageBytes?: number | undefined
  /**
   * Values and keys that one frame may produce, 1 to 2^30: a frame of empty maps must not become gigabytes of objects.
   * Default 4,194,304.
   */
  maxNodes?: number | undefined
  /**
   * Bytes of one big integer, 1 to 2^24: conversion of longer ones is not linear. In JSON and UBJSON as many digits as
   * the largest number of so many bytes has, of any integer: ids need 7; a number of exactly so many may then be one
   * byte too long for the other formats. Default 1024.
   */
  maxBigIntBytes?: number | undefined
}

/** All of these, resolved. @internal */
export type Policy = {
  readonly [K in keyof PolicyOptions]-?: Exclude<PolicyOptions[K], undefined>
}

/**
 * The most levels of nesting: the kernel's stack window holds them, and so does the stack of the encoders. @internal
 */
export const MAX_DEPTH = 1000

/** The most values of a frame that a codec may allow. @internal */
export const MAX_NODES: number = 2 ** 30

/** The most bytes of an integer that a codec may allow. @internal */
export const MAX_BIG_INT_BYTES: number = 2 ** 24

/** The defaults of `PolicyOptions`. @internal */
export const DEFAULT_POLICY: Policy = {
  payloadValidation: 'eager',
  payloadValues: 'on-read',
  ownership: 'borrow',
  uri: 'loose',
  payloadRules: 'interop',
  unknownKeys: 'keep',
  duplicateKeys: 'last',
  integers: 'auto',
  binary: 'copy',
  maps: 'object',
  tags: 'plain',
  unrepresentable: 'throw',
  peers: 'strict',
  cache: true,
  maxDepth: 128,
  maxMessageBytes: 16 * 1024 * 1024 - 1,
  maxNodes: 4_194_304,
  maxBigIntBytes: 1024,
}

/** What some codec has accepted, or the application has built, is accepted. @internal */
export const LAX_POLICY: Policy = {
  ...DEFAULT_POLICY,
  uri: 'none',
  maxDepth: MAX_DEPTH,
  maxNodes: MAX_NODES,
  maxBigIntBytes: MAX_BIG_INT_BYTES,
}
