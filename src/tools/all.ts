/** All tools of a codec: those of `wamp-codec` and `wamp-codec/core`. */
import { dissect } from './dissect.ts'
import { fastValues } from './fast-values.ts'
import { lists } from './lists.ts'
import { losses } from './losses.ts'
import { payloads } from './payloads.ts'
import { statistics } from './statistics.ts'
import type { Tool } from './tool.ts'
import { transcode } from './transcode.ts'
import { transfer } from './transfer.ts'
import { views } from './views.ts'

export const ALL_TOOLS: readonly Tool[] = [
  dissect,
  fastValues,
  lists,
  losses,
  payloads,
  statistics,
  transcode,
  transfer,
  views,
]
