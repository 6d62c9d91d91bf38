/**
 * `wamp-codec/tools/fast-values`: reads args, kwargs and options the fast ways, out of the kernel's memory. Without it
 * the decoders of the formats read them, which gives the same values.
 */
import { FAST_VALUES } from '../payload/direct.ts'
import type { Tool } from './tool.ts'

/** Reads values the fast ways. */
export const fastValues: Tool<'fastValues'> = { name: 'fastValues', parts: FAST_VALUES }
