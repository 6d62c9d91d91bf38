/** `wamp-codec/tools/transcode`: `codec.transcode` and `codec.transcodeMessage`, from one format to another. */
import type { Tool } from './tool.ts'
import { transcodeMessage, transcodeValue } from './transcode-calls.ts'

/** For `codec.transcode` and `codec.transcodeMessage`. */
export const transcode: Tool<'transcode'> = {
  name: 'transcode',
  parts: { value: transcodeValue, message: transcodeMessage },
}
