/** The FlatBuffers frames of the shared vectors: official ones, and those of the reference peer. */

import { FORMATS } from '../../src/formats/full.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { FOLDER as OFFICIAL, variants } from './official.ts'
import { hasShared, sharedLines } from './shared.ts'
import { unhex } from './vectors.ts'

const REFERENCE = 'vectors/reference'

/** A frame, and the format of its args and kwargs. */
export interface FlatFrame {
  readonly id: string
  readonly bytes: Uint8Array
  readonly payload: PayloadFormatName
}

interface Line {
  readonly id: string
  readonly hex: string
  readonly serializer: string
  readonly payload_serializer: string
}

/** False where the shared vectors are missing: there are no frames then. */
export const HAS_FRAMES: boolean = hasShared(OFFICIAL) && hasShared(REFERENCE)

export const OFFICIAL_FRAMES: readonly FlatFrame[] = variants('flatbuffers').flatMap(({ name, hexes }) =>
  hexes.map((text) => ({ id: name, bytes: unhex(text), payload: 'cbor' as const })),
)

/** Those whose payload format this package has. */
export const REFERENCE_FRAMES: readonly FlatFrame[] = sharedLines<Line>(`${REFERENCE}/vectors.jsonl`)
  .filter(({ serializer, payload_serializer: name }) => serializer === 'flatbuffers' && name in FORMATS)
  .map(({ id, hex, payload_serializer: name }) => ({
    id: `${id} ${name}`,
    bytes: unhex(hex),
    payload: name as PayloadFormatName,
  }))
