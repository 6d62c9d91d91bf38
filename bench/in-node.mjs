/**
 * `node bench/in-node.mjs SCRIPT [--node 20|24|26] [argument...]`: runs a script of the bench in the pinned Node.js,
 * 24 by default, with the other arguments. Installs that Node.js if it is not there.
 */
import { run } from '../build/once.mjs'
import { DEFAULT_NODE, executableOf } from './runtimes.mjs'

const [script, ...args] = process.argv.slice(2)
const at = args.indexOf('--node')
const [, major] = at < 0 ? [] : args.splice(at, 2)
run(executableOf(at < 0 ? DEFAULT_NODE : major), [script, ...args])
