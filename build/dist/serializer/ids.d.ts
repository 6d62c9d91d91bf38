/** Formats of whole frames that transports know: the dialects of UBJSON are one to them, an option says which. */
export type TransportFormat = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'flatbuffers';
/** Formats that also have several messages in one transport message. */
export type BatchableFormat = Exclude<TransportFormat, 'flatbuffers'>;
/** A serializer: a format, or one with several messages in one transport message. */
export type SerializerId = TransportFormat | `${BatchableFormat}.batched`;
/** The format of a serializer id; not checked, because an entry of the package need not have all. */
export declare function formatOf(id: string): {
    name: string;
    isBatched: boolean;
};
/** Throws TypeError for a value that is no serializer; `where` names the argument. */
export declare function checkSerializer(where: string, value: unknown): void;
