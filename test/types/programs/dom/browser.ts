/** A browser page: a WebSocket, an encrypted payload, a kernel from a URL. */
import { createCodec, EventMessage, Hello, loadCodec, negotiate, Publish } from 'wamp-codec'

const codec = await loadCodec({ wasm: await fetch('/kernel-simd.wasm') })
const supported = (['cbor', 'json'] as const).map((id) => codec.serializer(id))

const socket = new WebSocket(
  'wss://example.com/ws',
  supported.map(({ subprotocol }) => subprotocol),
)
socket.binaryType = 'arraybuffer'

socket.addEventListener('open', () => {
  const serializer = negotiate([socket.protocol], supported)?.serializer
  if (serializer === undefined) return
  socket.send(serializer.encodeFrame(new Hello({ realm: 'realm1', roles: { subscriber: {} } })))
  socket.send(serializer.encode(new Publish({ request: 1, topic: 'a.b' })))
  for (const part of serializer.encodeParts(new Publish({ request: 2, topic: 'a.b' }))) socket.send(part)
})

export async function decrypted(
  frame: ArrayBuffer | string,
  key: CryptoKey,
  iv: Uint8Array<ArrayBuffer>,
): Promise<unknown> {
  const message = codec.serializer('json').decode(frame)
  if (!(message instanceof EventMessage) || message.payload === null) return null
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, message.payload)
  return codec.decodePayload(message, new Uint8Array(plain))
}

export async function stored(message: Publish): Promise<Response> {
  const bytes = codec.serializer('cbor').encode(message)
  await crypto.subtle.digest('SHA-256', bytes)
  return new Response(bytes)
}

export async function others(): Promise<void> {
  await loadCodec({ wasm: new URL('kernel-simd.wasm', 'https://example.com') })
  const module: WebAssembly.Module = await WebAssembly.compileStreaming(fetch('/kernel-simd.wasm'))
  await loadCodec({ wasm: module })
  createCodec({ module })
  // @ts-expect-error a promise of a response is none
  await loadCodec({ wasm: fetch('/kernel-simd.wasm') })
  // @ts-expect-error
  createCodec({ module: WebAssembly.compileStreaming(fetch('/kernel-simd.wasm')) })
}
