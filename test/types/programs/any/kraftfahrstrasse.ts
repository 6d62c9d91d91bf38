/** The adapter of kraftfahrstrasse, without the declarations of the client: these do not compile everywhere. */
import { createCodec } from 'wamp-codec'
import {
  type KraftfahrstrasseSerializer,
  kraftfahrstrasse,
  kraftfahrstrasseOptions,
} from 'wamp-codec/kraftfahrstrasse'

export const serializer: KraftfahrstrasseSerializer = kraftfahrstrasse(
  createCodec().lists('cbor', kraftfahrstrasseOptions('cbor')),
)
export const subprotocol: string = serializer.ProtocolID()

/** The two kinds of serializers that the client takes, with a message of its own. */
type Welcome = [2, number, Record<string, unknown>]
interface Kind<Frame> {
  ProtocolID(): string
  IsBinary(): boolean
  Serialize(message: Welcome): Frame
  Deserialize(frame: Frame): Welcome
}
export const taken: readonly (Kind<string> | Kind<ArrayBufferLike>)[] = [serializer]

// @ts-expect-error
serializer.Serialize('[1,"realm1",{}]')
