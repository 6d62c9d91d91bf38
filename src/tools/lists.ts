/** `wamp-codec/tools/lists`: `codec.lists`, for clients with a message model of their own. */
import { listsOf } from '../lists/message-lists.ts'
import type { Tool } from './tool.ts'

/** For `codec.lists`. */
export const lists: Tool<'lists'> = { name: 'lists', parts: { listsOf } }
