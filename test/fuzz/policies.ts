/** The policies under which the fuzz tests decode. */
import type { Policy } from '../../src/limits.ts'

/** What a codec may be told, each option at least once away from its default. */
export const POLICIES: readonly Partial<Policy>[] = [
  {},
  { payloadValidation: 'deferred' },
  { tags: 'tagged' },
  { maps: 'map' },
  { integers: 'bigint' },
  { integers: 'number' },
  { duplicateKeys: 'refuse' },
  { binary: 'view' },
  { ownership: 'copy', unknownKeys: 'custom' },
  { unknownKeys: 'drop' },
  { unknownKeys: 'refuse', uri: 'strict' },
  { uri: 'none', payloadRules: 'strict' },
  { maxDepth: 3, maxNodes: 40, maxBigIntBytes: 16 },
  { tags: 'tagged', maps: 'map', integers: 'bigint', binary: 'view', duplicateKeys: 'refuse', cache: false },
  { payloadValidation: 'deferred', duplicateKeys: 'refuse', tags: 'tagged', integers: 'number' },
]
