/** `codec.transcode` and `codec.transcodeMessage`: an encoded value, and a frame, in another format. */
import { checkOptions, nameOf, wrongArgument } from '../arguments.ts'
import { EncodeError } from '../errors.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import { transcode } from '../payload/transcode.ts'
import type { Loss, lossesOf } from '../payload/value-losses.ts'
import type { ViewContext } from '../payload/view-source.ts'
import type { Frame } from '../serializer/frame.ts'
import { checkSerializer } from '../serializer/ids.ts'
import type { messageLosses } from '../serializer/message-losses.ts'
import type { Serializer } from '../serializer/serializer.ts'

/** What `codec.transcode` does: from which format to which. */
export interface TranscodeOptions<Format extends PayloadFormatName = PayloadFormatName> {
  /** The format of the bytes. */
  from: Format
  /** The format of the result. */
  to: Format
  /** `throw` refuses what would arrive as something else, for example a tag. Default `report`: nothing is refused. */
  onLoss?: 'report' | 'throw' | undefined
}

/** What `codec.transcodeMessage` does: from which serializer to which. */
export interface TranscodeMessageOptions {
  /** The serializer of the frame. */
  from: Serializer
  /** The serializer of the result. */
  to: Serializer
  /** `throw` refuses what would not arrive as it is. Default `report`: it is left out, as `encode` does it. */
  onLoss?: 'report' | 'throw' | undefined
  /** A list to which each loss is added. Default: losses are not looked for. */
  losses?: Loss[] | undefined
}

/**
 * Transcodes a value; `lossesIn` gives the function that looks for losses, and is asked when that is wanted. @internal
 */
export function transcodeValue(
  { kernel, policy }: Pick<ViewContext, 'kernel' | 'policy'>,
  bytes: Uint8Array,
  way: TranscodeOptions,
  formats: readonly ValueFormat[],
  lossesIn: () => typeof lossesOf,
): Uint8Array<ArrayBuffer> {
  checkOptions('transcode', way, ['from', 'to', 'onLoss'])
  const { from, to, onLoss = 'report' } = way
  checkOnLoss(onLoss)
  const losses = onLoss === 'throw' ? lossesIn() : null
  return transcode(kernel, bytes, formatOf(formats, from), formatOf(formats, to), policy, losses)
}

function formatOf(formats: readonly ValueFormat[], wanted: PayloadFormatName): ValueFormat {
  const format = formats.find(({ name }) => name === wanted)
  if (format === undefined) throw new RangeError(`unknown payload format ${nameOf(wanted)}`)
  return format
}

/**
 * Transcodes a frame; `lossesIn` gives the function that looks for losses, and is asked when that is wanted. @internal
 */
export function transcodeMessage(
  frame: Frame,
  way: TranscodeMessageOptions,
  lossesIn: () => typeof messageLosses,
): Uint8Array<ArrayBuffer> {
  checkOptions('transcodeMessage', way, ['from', 'to', 'onLoss', 'losses'])
  const { from, to, onLoss = 'report', losses } = way
  checkSerializer('transcodeMessage: from', from)
  checkSerializer('transcodeMessage: to', to)
  if (losses !== undefined && !Array.isArray(losses)) {
    throw wrongArgument('transcodeMessage: losses', 'a list', losses)
  }
  checkOnLoss(onLoss)
  const find = onLoss === 'throw' || losses !== undefined ? lossesIn() : null
  const messages = from.decodeAll(frame)
  if (find !== null) {
    for (const message of messages) {
      for (const loss of find(message, to)) {
        if (onLoss === 'throw') throw lossError(loss, to.id)
        losses?.push(loss)
      }
    }
  }
  return to.encodeAll(messages)
}

/** Throws RangeError for a value that `onLoss` cannot have. */
function checkOnLoss(onLoss: string): void {
  if (onLoss === 'report' || onLoss === 'throw') return
  throw new RangeError(`onLoss is report or throw, got ${nameOf(onLoss)}`)
}

function lossError({ path, reason }: Loss, format: string): EncodeError {
  return new EncodeError('UNENCODABLE', `cannot encode ${path} to ${format}: ${reason}`, { format, path })
}
