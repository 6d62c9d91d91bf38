/** The exports of the kernel that has every format. */

export * from './core'
export { checkArgs, scanFlatBuffers } from './flatbuffers'
export { scanTranscoding } from './scan-transcode'
export { transcode } from './transcode'
