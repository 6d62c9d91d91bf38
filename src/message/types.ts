/** The codes of all messages in list form. */
export const MessageType: {
  readonly HELLO: 1
  readonly WELCOME: 2
  readonly ABORT: 3
  readonly CHALLENGE: 4
  readonly AUTHENTICATE: 5
  readonly GOODBYE: 6
  readonly ERROR: 8
  readonly PUBLISH: 16
  readonly PUBLISHED: 17
  readonly SUBSCRIBE: 32
  readonly SUBSCRIBED: 33
  readonly UNSUBSCRIBE: 34
  readonly UNSUBSCRIBED: 35
  readonly EVENT: 36
  readonly EVENT_RECEIVED: 337
  readonly CALL: 48
  readonly CANCEL: 49
  readonly RESULT: 50
  readonly REGISTER: 64
  readonly REGISTERED: 65
  readonly UNREGISTER: 66
  readonly UNREGISTERED: 67
  readonly INVOCATION: 68
  readonly INTERRUPT: 69
  readonly YIELD: 70
} = {
  HELLO: 1,
  WELCOME: 2,
  ABORT: 3,
  CHALLENGE: 4,
  AUTHENTICATE: 5,
  GOODBYE: 6,
  ERROR: 8,
  PUBLISH: 16,
  PUBLISHED: 17,
  SUBSCRIBE: 32,
  SUBSCRIBED: 33,
  UNSUBSCRIBE: 34,
  UNSUBSCRIBED: 35,
  EVENT: 36,
  EVENT_RECEIVED: 337,
  CALL: 48,
  CANCEL: 49,
  RESULT: 50,
  REGISTER: 64,
  REGISTERED: 65,
  UNREGISTER: 66,
  UNREGISTERED: 67,
  INVOCATION: 68,
  INTERRUPT: 69,
  YIELD: 70,
}
