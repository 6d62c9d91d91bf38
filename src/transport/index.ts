/** `wamp-codec/tools/raw-socket`: RawSocket without the socket. */
export { RawSocketCodec, type RawSocketEvents, type RawSocketOptions } from './raw-socket.ts'
export { RawSocketClose, type RawSocketRefusal } from './raw-socket-close.ts'
