/** All jobs, in the order of the report. A job is a file: what is compared, over which messages. */
import { job as coldStart } from './cold-start.mjs'
import { job as fanOut } from './fan-out.mjs'
import { job as firstAccess } from './first-access.mjs'
import { job as flatbuffersBuild } from './flatbuffers-build.mjs'
import { job as flatbuffersForward } from './flatbuffers-forward.mjs'
import { job as flatbuffersRead } from './flatbuffers-read.mjs'
import { job as forward } from './forward.mjs'
import { job as forwardParts } from './forward-parts.mjs'
import { job as fullDecode } from './full-decode.mjs'
import { job as fullEncode } from './full-encode.mjs'
import { job as lazyDecode } from './lazy-decode.mjs'
import { job as lists } from './lists.mjs'
import { job as memory } from './memory.mjs'
import { job as oneField } from './one-field.mjs'
import { job as payloadCodec } from './payload-codec.mjs'
import { job as transcode } from './transcode.mjs'

export const JOBS = [
  lazyDecode,
  firstAccess,
  fullDecode,
  oneField,
  fullEncode,
  forward,
  forwardParts,
  fanOut,
  transcode,
  payloadCodec,
  lists,
  flatbuffersRead,
  flatbuffersBuild,
  flatbuffersForward,
  coldStart,
  memory,
]

/** All cases of all jobs, drawn from one seed. */
export function casesOf(seed) {
  return JOBS.flatMap(({ cases }) => cases(seed))
}
