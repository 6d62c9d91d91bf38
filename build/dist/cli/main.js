#!/usr/bin/env node
/** The command `wamp-codec`: gives the process to `run` and takes the exit code. Nobody imports this file. */
import { run } from "./command.js";
import { processIo } from "./io.js";
run(process.argv.slice(2), processIo()).then((code) => {
    // Not process.exit: what was written to a pipe must still leave.
    process.exitCode = code;
});
