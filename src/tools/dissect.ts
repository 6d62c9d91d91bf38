/** `wamp-codec/tools/dissect`: `codec.trace`, the fields of a frame with their bytes. */
import { traceFrame } from '../serializer/trace.ts'
import type { Tool } from './tool.ts'

/** For `codec.trace`. */
export const dissect: Tool<'dissect'> = { name: 'dissect', parts: { trace: traceFrame } }
