/** What fixtures/smoke.mjs answers where everything works: what it answers here, from the sources. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Api from '../../src/index.ts'
import { FIXTURES } from './run.ts'

type Smoke = readonly unknown[][]

const { smoke } = (await import(pathToFileURL(join(FIXTURES, 'smoke.mjs')).href)) as {
  smoke(api: typeof Api, codec: Api.Codec): Smoke
}

export function expected(api: typeof Api): { created: Smoke; loaded: Smoke } {
  const answer = smoke(api, api.createCodec())
  return JSON.parse(JSON.stringify({ created: answer, loaded: answer })) as { created: Smoke; loaded: Smoke }
}
