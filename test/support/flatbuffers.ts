/**
 * What a FlatBuffers frame says, worked out without our reader: the slots that the npm runtime finds, as attributes of
 * the message. The names and numbers are the shared schema's, the mapping is written down here once more.
 */

import { FORMATS } from '../../src/formats/full.ts'
import type { Message } from '../../src/index.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import type { ListFormatName } from '../../src/payload/format-names.ts'
import { readBySchema, SCHEMA, type Slots } from './flatbuffers-oracle.ts'

/** Payload formats of this package; vectors of the shared data name others too. */
export const PAYLOAD_FORMATS: readonly ListFormatName[] = Object.keys(FORMATS) as ListFormatName[]

const WORDS: Readonly<Record<string, string>> = { CRA: 'wampcra', SCRAM: 'wamp-scram' }

/** The word of an enumeration's number; null for zero where that is no word of WAMP. */
function wordOf(name: string, number: unknown): string | null {
  const [word = ''] = Object.entries(SCHEMA?.enums[name]?.values ?? {}).find(([, n]) => n === number) ?? []
  if (['NULL', 'NONE', 'TRANSPORT'].includes(word)) return null
  return WORDS[word] ?? word.toLowerCase()
}

function rolesOf(roles: Slots | undefined): unknown {
  if (roles === undefined) return null
  return Object.fromEntries(
    Object.entries(roles).map(([role, slots]) => {
      const features = Object.entries(slots as Slots).map(([name, value]) => [
        name === 'acknowledge_event_received' ? 'x_acknowledged_event_delivery' : name,
        value,
      ])
      return [role, features.length === 0 ? {} : { features: Object.fromEntries(features) }]
    }),
  )
}

function pairOf(map: unknown): unknown {
  const { key, value = null } = map as { key: string; value?: string }
  return { [key]: value }
}

function hopsOf(hops: unknown): unknown {
  return (hops as Slots[]).map(({ session = 0, authid = null, authrole = null }) => ({
    session,
    authid,
    authrole,
  }))
}

/** Attributes of a frame by the schema, args and kwargs read in their format; absent slots are left out. */
export function attributesBySchema(
  bytes: Uint8Array,
  nameOf: (code: number) => string,
  payload: ListFormatName,
): Record<string, unknown> {
  const { code, slots } = readBySchema(bytes, nameOf)
  const attributes: Record<string, unknown> = {}
  const opaque = slots.payload as Uint8Array | undefined
  for (const [name, value] of Object.entries(slots)) {
    if (name === 'session' && code !== 2) continue
    if (name === 'forward_for' && code === 37) continue
    if (name === 'args' || name === 'kwargs') {
      const content = value as Uint8Array
      if (content.length > 0)
        attributes[name] = FORMATS[payload].decode(content, 0, content.length, DEFAULT_POLICY)
    } else if (name === 'payload') {
      if ((value as Uint8Array).length > 0) attributes.payload = value
    } else if (name === 'ppt_cipher') {
      attributes.ppt_cipher = wordOf('PPTCipher', value)
    } else if (name.startsWith('ppt_')) {
      // They describe an opaque payload, and nothing else.
      if (opaque === undefined || opaque.length === 0) continue
      if (name === 'ppt_scheme') attributes.enc_algo = wordOf('PPTScheme', value)
      else if (name === 'ppt_serializer') attributes.enc_serializer = wordOf('PPTSerializer', value)
      else attributes.enc_key = value
    } else if (name === 'forward_for') attributes.forward_for = hopsOf(value)
    else if (name === 'roles') attributes.roles = rolesOf(value as Slots)
    else if (name === 'authextra' || name === 'extra') attributes[name] = pairOf(value)
    else if (name === 'method' || name === 'authmethod') attributes[name] = wordOf('AuthMethod', value)
    else if (name === 'authmethods') {
      attributes.authmethods = (value as number[]).map((number) => wordOf('AuthMethod', number))
    } else if (name === 'match') attributes.match = wordOf('Match', value)
    else if (name === 'invoke') attributes.invoke = wordOf('InvocationPolicy', value)
    else if (name === 'mode') attributes.mode = wordOf('CancelMode', value)
    else if (name === 'acknowledge' && code === 36) attributes.x_acknowledged_delivery = value
    else attributes[name] = value
  }
  return attributes
}

/** What absence is read as: zero for the ids that stand in a list at a fixed place, null for nearly all else. */
export function absentValue(message: Message, name: string): unknown {
  const position = message.table.positions.find(({ attribute }) => attribute === name)
  if (position?.kind === 'id') return 0
  if (position?.kind === 'dict') return {}
  return message.table.options.find(({ attribute }) => attribute === name)?.absent ?? null
}

/** Every attribute of a message: positions, options, payload. */
export function attributeNames(message: Message): string[] {
  const { positions, options, payload } = message.table
  const positional = positions.filter(({ kind }) => !kind.startsWith('options'))
  return [
    ...new Set([...positional, ...options].map(({ attribute }) => attribute)),
    ...{ none: [], args: ['args', 'kwargs'], any: ['args', 'kwargs', 'payload'] }[payload],
  ]
}
