/** Every step by its name. Each answers whether it did something: many are for some messages only. */
import type { Step } from './programs.ts'
import { bridge, derive, forward, keep, make, reply, set } from './steps-message.ts'
import { read } from './steps-read.ts'
import { batch, encode, fanOut, losses, mutate, peer, transcode, transfer } from './steps-wire.ts'
import type { World } from './world.ts'

/** Does a step. Throws Finding. */
export type Action<Op extends Step['op']> = (world: World, step: Step & { op: Op }) => boolean

/** All steps. */
export const STEPS: { readonly [Op in Step['op']]: Action<Op> } = {
  make,
  peer,
  encode,
  read,
  set,
  derive,
  reply,
  forward,
  bridge,
  fanOut,
  batch,
  transcode,
  losses,
  transfer,
  mutate,
  detach: keep,
  uncache: keep,
  drop: keep,
}
