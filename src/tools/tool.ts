/**
 * The tools of a codec: what it can do beside decoding and encoding. Each is an import of its own
 * (`wamp-codec/tools/*`), so that a bundle has the code of those that are named; the entries `wamp-codec` and
 * `wamp-codec/core` have all of them (all.ts).
 */
import { missingTool } from '../arguments.ts'
import type { listsOf } from '../lists/message-lists.ts'
import type { messageOf, transferableOf } from '../message/transfer.ts'
import type { BYTES_CODEC, FormatCodec } from '../payload/codec.ts'
import type { FastValues } from '../payload/decode-checked.ts'
import type { lossesOf } from '../payload/losses.ts'
import type { EncodedViews } from '../payload/view.ts'
import type { messageLosses } from '../serializer/losses.ts'
import type { traceFrame } from '../serializer/trace.ts'
import type { Statistics } from '../stats.ts'
import type { transcodeMessage, transcodeValue } from './transcode-calls.ts'

/** What each tool brings, by its name. @internal */
export interface Toolbox {
  readonly dissect: { readonly trace: typeof traceFrame }
  readonly fastValues: FastValues
  readonly lists: { readonly listsOf: typeof listsOf }
  readonly losses: { readonly ofValue: typeof lossesOf; readonly ofMessage: typeof messageLosses }
  readonly payloads: { readonly FormatCodec: typeof FormatCodec; readonly bytes: typeof BYTES_CODEC }
  readonly statistics: { readonly Statistics: typeof Statistics }
  readonly transcode: { readonly value: typeof transcodeValue; readonly message: typeof transcodeMessage }
  readonly transfer: {
    readonly transferableOf: typeof transferableOf
    readonly messageOf: typeof messageOf
  }
  readonly views: { readonly encoded: EncodedViews }
}

/** The names of the tools. */
export type ToolName = keyof Toolbox

/** The methods of a codec that each tool is for. */
export interface ToolMethods {
  readonly dissect: 'trace'
  readonly fastValues: never
  readonly lists: 'lists'
  readonly losses: 'lossReport'
  readonly payloads: 'payload' | 'decodePayload'
  readonly statistics: 'stats' | 'setStatsAutoReset'
  readonly transcode: 'transcode' | 'transcodeMessage'
  readonly transfer: 'fromTransferable'
  readonly views: never
}

/** A tool, as a module `wamp-codec/tools/...` exports it. */
export interface Tool<Name extends ToolName = ToolName> {
  /** What `createCodec` knows it by. */
  readonly name: Name
  /** @internal */
  readonly parts: Toolbox[Name]
}

/** The tools of a codec. @internal */
export type Tools = { readonly [Name in ToolName]?: Toolbox[Name] }

/** Tools by their names. Of two with the same name the last one counts. @internal */
export function toolsOf(tools: readonly Tool[]): Tools {
  return Object.fromEntries(tools.map(({ name, parts }) => [name, parts]))
}

/** A tool of a codec. Throws TypeError that names the import of one that it was made without. @internal */
export function toolOf<Name extends ToolName>(tools: Tools, name: Name, what: string): Toolbox[Name] {
  const parts: Toolbox[Name] | undefined = tools[name]
  if (parts === undefined) throw missingTool(what, name)
  return parts
}
