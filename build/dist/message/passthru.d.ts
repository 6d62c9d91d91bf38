import type { Message } from './message.ts';
type Text = string | null;
/** What describes an opaque payload in the ppt_* dialect. */
export interface Passthru {
    readonly ppt_scheme: Text;
    readonly ppt_serializer: Text;
    readonly ppt_cipher: Text;
    readonly ppt_keyid: Text;
}
/** What describes an opaque payload in the enc_* dialect. */
export interface Encryption {
    readonly enc_algo: Text;
    readonly enc_serializer: Text;
    readonly enc_key: Text;
}
/** The ppt_* attributes that say what the enc_* attributes of a message say. Throws EncodeError UNENCODABLE. */
export declare function passthruOf(message: Message): Passthru;
/** The enc_* attributes that say what the ppt_* attributes of a message say. Throws EncodeError UNENCODABLE. */
export declare function encryptionOf(message: Message): Encryption;
/** A message with the same payload in the ppt_* dialect. */
export declare function inPpt<M extends Message>(message: M): M;
/** A message with the same payload in the enc_* dialect. */
export declare function inEnc<M extends Message>(message: M): M;
export {};
