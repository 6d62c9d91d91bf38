/** The codes of all messages in list form. */
export declare const MessageType: {
    readonly HELLO: 1;
    readonly WELCOME: 2;
    readonly ABORT: 3;
    readonly CHALLENGE: 4;
    readonly AUTHENTICATE: 5;
    readonly GOODBYE: 6;
    readonly ERROR: 8;
    readonly PUBLISH: 16;
    readonly PUBLISHED: 17;
    readonly SUBSCRIBE: 32;
    readonly SUBSCRIBED: 33;
    readonly UNSUBSCRIBE: 34;
    readonly UNSUBSCRIBED: 35;
    readonly EVENT: 36;
    readonly EVENT_RECEIVED: 337;
    readonly CALL: 48;
    readonly CANCEL: 49;
    readonly RESULT: 50;
    readonly REGISTER: 64;
    readonly REGISTERED: 65;
    readonly UNREGISTER: 66;
    readonly UNREGISTERED: 67;
    readonly INVOCATION: 68;
    readonly INTERRUPT: 69;
    readonly YIELD: 70;
};
