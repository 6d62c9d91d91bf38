/** `wamp-codec/tools/views`: `message.payloadView` of received messages, and `view` of payload codecs. */
import { viewEncoded } from '../payload/view-encoded.ts'
import type { Tool } from './tool.ts'

/** For `message.payloadView` of received messages, and `codec.payload(format).view`. */
export const views: Tool<'views'> = { name: 'views', parts: { encoded: viewEncoded } }
