/**
 * The two dialects of opaque payloads, and the bridge between them: `enc_*` options with the bytes as the last element
 * of the list (autobahn), `ppt_*` options with the bytes in a list of their own (specification, "Payload Passthru
 * Mode"). The same bytes, described in other words; called by with-app-payload.ts.
 */
import { EncodeError } from '../errors.ts'
import { MODE_ENC, MODE_PPT } from '../kernel/abi.ts'
import { inDialect } from '../payload/dialect.ts'
import { NO_PAYLOAD } from '../payload/payload.ts'
import { copyOf, setOption } from './derive.ts'
import { isCustomName, KINDS } from './kinds.ts'
import type { Message } from './message.ts'
import { readOption } from './options.ts'
import {
  ENC_ALGO,
  ENC_KEY,
  ENC_SERIALIZER,
  PPT_CIPHER,
  PPT_KEYID,
  PPT_SCHEME,
  PPT_SERIALIZER,
} from './table.ts'

type Text = string | null

/** What describes an opaque payload in the ppt_* dialect. */
export interface Passthru {
  readonly ppt_scheme: Text
  readonly ppt_serializer: Text
  readonly ppt_cipher: Text
  readonly ppt_keyid: Text
}

/** What describes an opaque payload in the enc_* dialect. */
export interface Encryption {
  readonly enc_algo: Text
  readonly enc_serializer: Text
  readonly enc_key: Text
}

/** The cipher of `cryptobox`. */
const CRYPTOBOX = 'xsalsa20poly1305'

/** The ppt_* attributes that say what the enc_* attributes of a message say. Throws EncodeError UNENCODABLE. */
export function passthruOf(message: Message): Passthru {
  const { name, enc_algo, enc_serializer, enc_key } = describe(message)
  if (enc_algo === null) throw refusal(name, 'enc_algo', 'a payload without enc_algo has no ppt_scheme')
  const isBox = enc_algo === 'cryptobox'
  return {
    ppt_scheme: isBox ? 'wamp' : enc_algo === 'xbr' ? 'x_xbr' : enc_algo,
    ppt_serializer: enc_serializer,
    ppt_cipher: isBox ? CRYPTOBOX : null,
    ppt_keyid: enc_key,
  }
}

/** The enc_* attributes that say what the ppt_* attributes of a message say. Throws EncodeError UNENCODABLE. */
export function encryptionOf(message: Message): Encryption {
  const { name, ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid } = describe(message)
  const isBox = ppt_scheme === 'wamp'
  if (ppt_cipher !== (isBox ? CRYPTOBOX : null)) {
    throw refusal(
      name,
      'ppt_cipher',
      `ppt_scheme ${ppt_scheme} with ppt_cipher ${ppt_cipher} has no enc_algo`,
    )
  }
  if (!isBox && ppt_scheme !== 'mqtt' && !isCustomName(ppt_scheme)) {
    throw refusal(name, 'ppt_scheme', `ppt_scheme ${JSON.stringify(ppt_scheme)} has no enc_algo`)
  }
  if (ppt_serializer !== null && !KINDS.encSerializer.check(ppt_serializer)) {
    const text = `ppt_serializer ${JSON.stringify(ppt_serializer)} has no enc_serializer`
    throw refusal(name, 'ppt_serializer', text)
  }
  return {
    enc_algo: isBox ? 'cryptobox' : ppt_scheme === 'x_xbr' ? 'xbr' : ppt_scheme,
    enc_serializer: ppt_serializer,
    enc_key: ppt_keyid,
  }
}

/** A message with the same payload in the ppt_* dialect. */
export function inPpt<M extends Message>(message: M): M {
  const copy = copyOf(message)
  const payload = message._payload ?? NO_PAYLOAD
  payload.ensureChecked()
  if (payload.mode !== MODE_ENC) return copy
  const passthru = passthruOf(message)
  for (const field of [ENC_ALGO, ENC_SERIALIZER, ENC_KEY]) setOption(copy, field, null)
  setOption(copy, PPT_SCHEME, passthru.ppt_scheme)
  setOption(copy, PPT_SERIALIZER, passthru.ppt_serializer)
  setOption(copy, PPT_CIPHER, passthru.ppt_cipher)
  setOption(copy, PPT_KEYID, passthru.ppt_keyid)
  copy._payload = inDialect(payload, MODE_PPT)
  return copy
}

/** A message with the same payload in the enc_* dialect. */
export function inEnc<M extends Message>(message: M): M {
  const copy = copyOf(message)
  const payload = message._payload ?? NO_PAYLOAD
  payload.ensureChecked()
  if (payload.mode !== MODE_PPT) return copy
  const encryption = encryptionOf(message)
  for (const field of [PPT_SCHEME, PPT_SERIALIZER, PPT_CIPHER, PPT_KEYID]) setOption(copy, field, null)
  setOption(copy, ENC_ALGO, encryption.enc_algo)
  setOption(copy, ENC_SERIALIZER, encryption.enc_serializer)
  setOption(copy, ENC_KEY, encryption.enc_key)
  copy._payload = inDialect(payload, MODE_ENC)
  return copy
}

/** What the options say of an opaque payload, in both dialects. */
function describe(message: Message): Passthru & Encryption & { readonly name: string } {
  const text = (field: number): Text => readOption(message, field) as Text
  return {
    name: message.table?.name ?? message.constructor.name,
    enc_algo: text(ENC_ALGO),
    enc_serializer: text(ENC_SERIALIZER),
    enc_key: text(ENC_KEY),
    ppt_scheme: text(PPT_SCHEME),
    ppt_serializer: text(PPT_SERIALIZER),
    ppt_cipher: text(PPT_CIPHER),
    ppt_keyid: text(PPT_KEYID),
  }
}

function refusal(name: string, path: string, text: string): EncodeError {
  return new EncodeError('UNENCODABLE', `cannot bridge ${name}: ${text}`, { path })
}
