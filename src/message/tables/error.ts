/** ERROR, the answer to any request that failed, as tables.ts says. */
import { defineTable, type MessageTable } from '../table.ts'
import { CALLEE, CALLEE_NAMES, FORWARDED, FORWARDING, PASSTHRU } from './shared.ts'

/** ERROR: The answer to a request that failed. @see ERROR */
export const ERROR: MessageTable = defineTable('ERROR', 8, 4, {
  positions: [
    /** The code of the request that failed: 16, 32, 34, 48, 64, 66 or 68. */
    ['request_type', 'requestType'],
    /** The id of the request that failed. */
    ['request', 'id'],
    ['details', 'options'],
    /** What went wrong. */
    ['error', 'uri'],
  ],
  options: [...CALLEE, ...FORWARDING, ...PASSTHRU],
  /**
   * The same error as the answer to another request.
   * @details What a dealer changes in the ERROR of a callee to make it that of a caller.
   * @given request_type What the caller has sent: 48.
   * @given request The id of the call.
   */
  from: { source: 'itself', carries: [...CALLEE_NAMES, ...FORWARDED] },
})
