/** ERROR, the answer to any request that failed. Specification: "ERROR". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { type Attributes, build, writePosition } from './build.ts'
import { DataMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import { NO_INDEX, Received } from './message.ts'
import type { MessageTable } from './table.ts'
import { ERROR } from './tables.ts'

/** ERROR: The answer to a request that failed. */
export class ErrorMessage extends DataMessage {
  static override readonly MESSAGE_TYPE: 8 = 8
  static override readonly CATEGORY: 4 = 4
  static override readonly TABLE: MessageTable = ERROR

  declare _request_type: number
  declare _request: number
  declare _error: string
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  constructor(from: Attributes<ErrorMessage, 'request_type' | 'request' | 'error'> | Received) {
    super()
    const received = from instanceof Received
    this._request_type = received ? from.requestType : 0
    this._request = received ? from.first : 0
    this._error = received ? (from.text as string) : ''
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) build(this, from)
  }

  /** The code of the request that failed: 16, 32, 34, 48, 64, 66 or 68. */
  get request_type(): number {
    return this._request_type
  }
  set request_type(request_type: number) {
    writePosition(this, 'request_type', request_type)
  }

  /** The id of the request that failed. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** What went wrong, as a URI. */
  get error(): string {
    return this._error
  }
  set error(error: string) {
    writePosition(this, 'error', error)
  }
}
defineMessage(ErrorMessage, ERROR)
