/** The jobs that need nothing of Node.js, in the order of the report. */
import { job as fanOut } from '../jobs/fan-out.mjs'
import { job as firstAccess } from '../jobs/first-access.mjs'
import { job as forward } from '../jobs/forward.mjs'
import { job as forwardParts } from '../jobs/forward-parts.mjs'
import { job as fullDecode } from '../jobs/full-decode.mjs'
import { job as fullEncode } from '../jobs/full-encode.mjs'
import { job as lazyDecode } from '../jobs/lazy-decode.mjs'
import { job as lists } from '../jobs/lists.mjs'
import { job as oneField } from '../jobs/one-field.mjs'
import { job as payloadCodec } from '../jobs/payload-codec.mjs'
import { job as transcode } from '../jobs/transcode.mjs'

export const JOBS = [
  ...[lazyDecode, firstAccess, fullDecode, oneField, fullEncode],
  ...[forward, forwardParts, fanOut, transcode, payloadCodec, lists],
]
