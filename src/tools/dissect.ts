/** `wamp-codec/tools/dissect`: `codec.trace`, the fields of a frame with their bytes. */
import { dissectFrame } from '../serializer/dissect.ts'
import type { Tool } from './tool.ts'

/** For `codec.trace`. */
export const dissect: Tool<'dissect'> = { name: 'dissect', parts: { frame: dissectFrame } }
