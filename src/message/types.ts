/** The codes of all messages in list form, as in `message.type`. Specification: "Message Codes and Direction". */
export const MessageType: {
  /** `Hello`: a client asks to join a realm. */
  readonly HELLO: 1
  /** `Welcome`: the router opens the session. */
  readonly WELCOME: 2
  /** `Abort`: either side refuses to open the session, or ends it because of an error. */
  readonly ABORT: 3
  /** `Challenge`: the router asks the client to authenticate. */
  readonly CHALLENGE: 4
  /** `Authenticate`: the client answers a challenge. */
  readonly AUTHENTICATE: 5
  /** `Goodbye`: either side closes the session. */
  readonly GOODBYE: 6
  /** `ErrorMessage`: a request failed. */
  readonly ERROR: 8
  /** `Publish`: a publisher publishes an event. */
  readonly PUBLISH: 16
  /** `Published`: the broker acknowledges a publication. */
  readonly PUBLISHED: 17
  /** `Subscribe`: a subscriber asks for the events of a topic. */
  readonly SUBSCRIBE: 32
  /** `Subscribed`: the broker acknowledges a subscription. */
  readonly SUBSCRIBED: 33
  /** `Unsubscribe`: a subscriber ends a subscription. */
  readonly UNSUBSCRIBE: 34
  /** `Unsubscribed`: the broker acknowledges the end of a subscription, or revokes one. */
  readonly UNSUBSCRIBED: 35
  /** `EventMessage`: the broker delivers an event. */
  readonly EVENT: 36
  /** `EventReceived`: a subscriber acknowledges an event; 37 is read too. */
  readonly EVENT_RECEIVED: 337
  /** `Call`: a caller calls a procedure. */
  readonly CALL: 48
  /** `Cancel`: a caller cancels a call. */
  readonly CANCEL: 49
  /** `Result`: the dealer returns a result to the caller. */
  readonly RESULT: 50
  /** `Register`: a callee offers a procedure. */
  readonly REGISTER: 64
  /** `Registered`: the dealer acknowledges a registration. */
  readonly REGISTERED: 65
  /** `Unregister`: a callee takes back a procedure. */
  readonly UNREGISTER: 66
  /** `Unregistered`: the dealer acknowledges the end of a registration, or revokes one. */
  readonly UNREGISTERED: 67
  /** `Invocation`: the dealer invokes a procedure at the callee. */
  readonly INVOCATION: 68
  /** `Interrupt`: the dealer cancels an invocation. */
  readonly INTERRUPT: 69
  /** `Yield`: a callee returns a result. */
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
