/** A child process of run.mjs: one library, the cases from a number on. Prints a line before and after each. */
import { pathToFileURL } from 'node:url'
import { DECODERS } from './decoders.mjs'

const [format, peer, from, rows] = process.argv.slice(2)
const { casesOf } = await import(pathToFileURL(rows).href)
const decode = await DECODERS[format][peer]()

for (const [i, { bytes }] of casesOf(format).entries()) {
  if (i < Number(from)) continue
  const frame = bytes()
  // Synchronous: the process may not live to the end of the next call.
  process.stdout.write(`begin ${i}\n`)
  process.stdout.write(`end ${i} ${outcome(decode, frame)}\n`)
}

function outcome(run, frame) {
  const started = performance.now()
  const verdict = verdictOf(run, frame)
  return `${verdict} ${(performance.now() - started).toFixed(1)}`
}

function verdictOf(run, frame) {
  try {
    run(frame)
    return 'read'
  } catch (error) {
    if (!(error instanceof Error)) return 'foreign'
    // How Node's TextDecoder refuses what is no UTF-8: clear enough.
    if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'refused'
    // A stack that overflows or a property of undefined is no refusal but an accident.
    const isAccident =
      error instanceof TypeError || /call stack|Invalid array length|of undefined|of null/.test(error.message)
    return isAccident ? 'foreign' : 'refused'
  }
}
