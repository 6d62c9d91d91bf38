/**
 * Questions that only V8 itself can answer. They are asked through functions that are compiled at run time.
 */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--allow-natives-syntax')

/** True when both objects have the same hidden class. */
export const haveSameMap: (a: object, b: object) => boolean = new Function(
  'a',
  'b',
  'return %HaveSameMap(a, b)',
) as never

/** True unless V8 has given up and keeps the properties in a dictionary. */
export const hasFastProperties: (object: object) => boolean = new Function(
  'object',
  'return %HasFastProperties(object)',
) as never

// Natives are a syntax of scripts: nothing that is compiled from now on needs it.
setFlagsFromString('--no-allow-natives-syntax')
