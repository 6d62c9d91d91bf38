/** What we use of fox-wamp, which comes without types. */
declare module 'fox-wamp/lib/wamp/gate.js' {
  /** Where the gate sends to. */
  interface Sender {
    wampPkgWrite(list: unknown[], done?: (error?: Error) => void): void
    wampPkgClose(code: number, reason: string): void
  }

  class WampGate {
    constructor(router: object)
    setAuthHandler(handler: object): void
    createContext(session: object, sender: Sender): object
    /** Takes the list apart. */
    handle(context: object, session: object, list: unknown[]): void
  }

  const gates: { WampGate: typeof WampGate }
  export default gates
}
