/** Message -> FlatBuffers. */
import { EncodeError } from '../../errors.ts'
import type { Message } from '../../message/message.ts'
import type { EncodeRules } from '../../payload/encode-value.ts'
import type { ValueFormat } from '../../payload/format.ts'
import type { Output } from '../../payload/output.ts'

/** What is written: all that the schema holds, or the very bytes of the reference peer. */
export type FlatBuffersProfile = 'schema' | 'autobahn'

export class FlatBuffersWriter {
  constructor(_format: ValueFormat, _rules: EncodeRules, _profile: FlatBuffersProfile = 'schema') {}
  write(_out: Output, _message: Message): void {
    throw new EncodeError('UNENCODABLE', 'not yet')
  }
}
