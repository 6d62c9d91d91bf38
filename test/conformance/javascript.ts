/** What Vitest runs before a test of the suite without WebAssembly: every codec has the kernel as JavaScript. */
import { CORE } from '../../src/variants/core.ts'
import { FULL } from '../../src/variants/full.ts'
import { javascriptKernel } from '../support/javascript-kernel.ts'

FULL.kernel.provide(await javascriptKernel('kernel-scalar.js'))
CORE.kernel.provide(await javascriptKernel('kernel-core-scalar.js'))
