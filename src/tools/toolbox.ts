/** What the tools bring. */
import type { listsOf } from '../lists/message-lists.ts'
import type { messageOf, transferableOf } from '../message/transfer.ts'
import type { bytesCodec, FormatCodec } from '../payload/codec.ts'
import type { FastValues } from '../payload/direct.ts'
import type { lossesOf } from '../payload/value-losses.ts'
import type { EncodedViews } from '../payload/view-source.ts'
import type { dissectFrame } from '../serializer/dissect.ts'
import type { messageLosses } from '../serializer/message-losses.ts'
import type { Statistics } from '../stats.ts'
import type { transcodeMessage, transcodeValue } from './transcode-calls.ts'

/** What each tool brings, by its name. */
export interface Toolbox {
  readonly dissect: { readonly frame: typeof dissectFrame }
  readonly fastValues: FastValues
  readonly lists: { readonly listsOf: typeof listsOf }
  readonly losses: { readonly ofValue: typeof lossesOf; readonly ofMessage: typeof messageLosses }
  readonly payloads: { readonly FormatCodec: typeof FormatCodec; readonly bytesCodec: typeof bytesCodec }
  readonly statistics: { readonly Statistics: typeof Statistics }
  readonly transcode: { readonly value: typeof transcodeValue; readonly message: typeof transcodeMessage }
  readonly transfer: {
    readonly transferableOf: typeof transferableOf
    readonly messageOf: typeof messageOf
  }
  readonly views: { readonly encoded: EncodedViews }
}
