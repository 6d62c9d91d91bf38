#!/usr/bin/env node
/** The command `wamp-codec`: gives the process to `run` and takes the exit code. No module imports this file. */
import { run } from './command.ts'
import { processIo } from './io.ts'

run(process.argv.slice(2), processIo()).then((code) => {
  // Not process.exit: what was written to a pipe must still leave. It may have failed by now.
  process.exitCode ||= code
})
