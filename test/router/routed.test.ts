import { expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'
import { createTraffic } from '../soak/traffic.ts'

test.each(['eager', 'deferred'] as const)(
  '%s: 100,000 routed messages decode no payload, seed 7',
  (payloadValidation) => {
    const codec = createCodec({ payloadValidation })
    const traffic = createTraffic(codec, 7)
    const before = codec.stats({ reset: true })
    let sent = 0
    while (sent < 100_000) sent += traffic.step()
    const stats = codec.stats()
    expect(before.decodedPayloads).toBe(0)
    expect(stats.decodedPayloads).toBe(0)
    expect(stats.transcoded).toBe(0)
    expect(stats.out.messages).toBe(sent)
    expect(stats.spliced).toBeGreaterThan(sent / 2)
  },
)
