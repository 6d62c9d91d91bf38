/** `wamp-codec/tools/losses`: `codec.lossReport`, and `onLoss` and `losses` of transcoding. It brings CBOR. */
import { lossesOf } from '../payload/value-losses.ts'
import { messageLosses } from '../serializer/message-losses.ts'
import type { Tool } from './tool.ts'

/** For `codec.lossReport`, and for `onLoss: 'throw'` and `losses` of the tool `transcode`. */
export const losses: Tool<'losses'> = {
  name: 'losses',
  parts: { ofValue: lossesOf, ofMessage: messageLosses },
}
