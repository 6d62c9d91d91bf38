/** The static methods that ERROR alone has; src/message/replies.ts does their work. */
export const ERROR_STATICS = `  /**
   * True when an ERROR can answer \`to\`: a request (PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER or
   * INVOCATION), or the error of a refused frame that names its request. A PUBLISH is answered only if
   * \`acknowledge\` is true: look at that first.
   */
  static canReply(to: unknown): boolean {
    return canReplyTo(to)
  }

  /**
   * The answer to a request that failed, or to the error of a refused frame that names its request. Throws
   * InvalidUriError for a \`uri\` that is not one. Throws ProtocolError (code BAD_MESSAGE) for a message that is not a
   * request, and for an error without a request one with its \`code\`, its \`uri\`, and itself as \`cause\`: a peer can
   * cause both, and docs/bad-input.md says what to send instead. Throws TypeError for anything else.
   */
  static reply(
    to: Message | WampCodecError,
    uri: string,
    payload: Pick<PayloadAttributes, 'args' | 'kwargs'> = {},
  ): ErrorMessage {
    return new ErrorMessage(replyTo(to, uri, payload))
  }`
