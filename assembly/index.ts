/** The exports of the kernel that has every format. */

export * from './core'
export { scanFlatBuffers } from './flatbuffers'
export { checkArgs } from './flatbuffers-payload'
export { scanTranscoding } from './scan-transcode'
export { transcode } from './transcode'
