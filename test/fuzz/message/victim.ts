/** Frames that another codec of the same kernel must always read as they are. */
import { createCodec, EventMessage, type Message, Publish, Subscribe } from '../../../src/index.ts'
import { Finding, shown } from './entry.ts'
import { type Codecs, WIRES, type Wire } from './serializers.ts'
import { nameOf } from './trips.ts'

const MESSAGES: readonly (() => Message)[] = [
  () =>
    new Publish({
      request: 2 ** 40,
      topic: 'com.good.topic',
      exclude: [1, 2 ** 53],
      args: ['hello', 1.5, -7, null, { a: [true, 'ключ'] }],
      kwargs: { price: 12.25, names: ['a', 'b'] },
      custom: { x_a: { deep: [1] } },
    }),
  () => new Subscribe({ request: 5, topic: 'com.good..any', match: 'wildcard' }),
  () =>
    new EventMessage({
      subscription: 1,
      publication: 2,
      topic: 'com.good.topic',
      payload: new Uint8Array(9),
      enc_algo: 'xbr',
    }),
]

interface Good {
  readonly name: string
  readonly frame: Uint8Array
  readonly text: string
  readonly read: (frame: Uint8Array) => Message
}

/** A codec that has nothing to do with the programs. */
export class Victim {
  readonly #goods: readonly Good[]

  constructor({ victim }: Pick<Codecs, 'victim'>) {
    // Written and read by another kernel, so that nothing that is wrong already looks right.
    const fresh = createCodec()
    this.#goods = WIRES.filter(({ isBatched }) => !isBatched).flatMap((wire: Wire) =>
      MESSAGES.map((make) => {
        const serializer = fresh.serializer(wire.id, wire.options)
        const frame = serializer.encode(make()).slice()
        const reader = victim.serializer(wire.id, wire.options)
        return {
          name: nameOf(wire),
          frame,
          text: shown(serializer.decode(frame).marshal()),
          read: (bytes: Uint8Array) => reader.decode(bytes),
        }
      }),
    )
  }

  /** Reads some of them. Throws Finding. */
  check(number: number): void {
    for (let i = 0; i < 2; i++) {
      const { name, frame, text, read } = this.#goods[(number * 2 + i) % this.#goods.length] as Good
      let got: string
      try {
        got = shown(read(frame).marshal())
      } catch (error) {
        throw new Finding('a good frame is refused', `${name}: ${String(error)}`)
      }
      if (got !== text) throw new Finding('a good frame is another one', `${name}: ${got}, not ${text}`)
    }
  }
}
