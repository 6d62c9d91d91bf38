/** A class of the application, from the entry of messages alone. */
import {
  type Hop,
  initAppPayload,
  initForwardFor,
  MessageType,
  type PayloadAttributes,
  withAppPayload,
  withForwardFor,
} from 'wamp-codec/message'

class Named {
  readonly name: string = 'job'
}

export class Job extends withAppPayload(withForwardFor(Named)) {
  constructor(attributes: PayloadAttributes & { forward_for?: Hop[] | null }) {
    super()
    initForwardFor(this, attributes)
    initAppPayload(this, attributes)
  }
}

export const first: unknown = new Job({ args: [MessageType.CALL] }).args?.[0]
