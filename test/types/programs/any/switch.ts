/** A switch over all messages knows each in its case, and nothing is left after the last one. */
import {
  type AnyMessage,
  type ErrorMessage,
  type EventMessage,
  Message,
  MessageType,
  type Yield,
} from 'wamp-codec'

export function summary(message: AnyMessage): string {
  switch (message.type) {
    case MessageType.HELLO:
      return `${message.realm ?? 'any realm'} ${Object.keys(message.roles).join()} ${message.authmethods?.join()}`
    case MessageType.WELCOME:
      return `${message.session.toFixed()} ${message.authid ?? ''} ${message.roles.broker === undefined}`
    case MessageType.ABORT:
      return `${message.reason} ${message.args?.length ?? 0} ${message.message ?? ''}`
    case MessageType.CHALLENGE:
      return `${message.method} ${String(message.extra.challenge)}`
    case MessageType.AUTHENTICATE:
      return message.signature
    case MessageType.GOODBYE:
      return message.reason
    case MessageType.ERROR:
      return `${message.error} ${message.request_type} ${message.request}`
    case MessageType.PUBLISH:
      return `${message.topic} ${message.topicRef} ${message.exclude?.includes(1)}`
    case MessageType.PUBLISHED:
      return message.publication.toFixed()
    case MessageType.SUBSCRIBE:
      return message.match === 'prefix' ? `${message.topic}*` : message.topic
    case MessageType.SUBSCRIBED:
    case MessageType.UNSUBSCRIBE:
      return message.subscription.toFixed()
    case MessageType.UNSUBSCRIBED:
      return `${message.subscription ?? 'asked for'} ${message.reason ?? ''}`
    case MessageType.EVENT:
      return `${message.topic ?? 'the topic'} ${message.publisher ?? 0} ${message.payload?.byteLength ?? 0}`
    case MessageType.EVENT_RECEIVED:
      return message.publication.toFixed()
    case MessageType.CALL:
      return `${message.procedure} ${message.timeout ?? 0}`
    case MessageType.CANCEL:
      return message.mode ?? 'skip'
    case MessageType.RESULT:
      return message.progress === true ? 'more' : 'the last'
    case MessageType.REGISTER:
      return `${message.procedure} ${message.invoke} ${message.concurrency ?? 1}`
    case MessageType.REGISTERED:
    case MessageType.UNREGISTER:
      return message.registration.toFixed()
    case MessageType.UNREGISTERED:
      return message.reason ?? ''
    case MessageType.INVOCATION:
      return `${message.caller_authid ?? ''} ${message.trustlevel ?? 0}`
    case MessageType.INTERRUPT:
      return message.mode ?? 'kill'
    case MessageType.YIELD:
      return message.args?.map(String).join() ?? ''
    default: {
      const none: never = message
      return none
    }
  }
}

/** Numbers do as well as names, and conditions as well as cases. */
export function payloads(messages: readonly AnyMessage[]): (EventMessage | ErrorMessage | Yield)[] {
  return messages.filter((message) => message.type === 36 || message.type === 8 || message.type === 70)
}

export function parsed(list: readonly unknown[]): string | null {
  const message = Message.parse(list)
  return message.type === MessageType.CALL ? message.procedure : null
}
