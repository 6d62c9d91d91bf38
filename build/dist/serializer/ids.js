/** Serializers as transports name them: WebSocket subprotocols, RawSocket numbers, MIME types. WAMP, "Transports". */
import { wrongArgument } from "../arguments.js";
/** The format of a serializer id; not checked, because an entry of the package need not have all. */
export function formatOf(id) {
    const isBatched = id.endsWith('.batched');
    return { name: isBatched ? id.slice(0, -'.batched'.length) : id, isBatched };
}
/** Throws TypeError for a value that is no serializer; `where` names the argument. */
export function checkSerializer(where, value) {
    const { subprotocol, decodeAll } = (value ?? {});
    if (typeof subprotocol === 'string' && typeof decodeAll === 'function')
        return;
    throw wrongArgument(where, 'a serializer, as codec.serializer(id) gives it', value);
}
