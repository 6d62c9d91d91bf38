/** `wamp-codec/tools/statistics`: `codec.stats` and `codec.setStatsAutoReset`. */
import { Statistics } from '../stats.ts'
import type { Tool } from './tool.ts'

/** For `codec.stats` and `codec.setStatsAutoReset`. */
export const statistics: Tool<'statistics'> = { name: 'statistics', parts: { Statistics } }
