import { EXIT_BROKEN, EXIT_OK, FrameError, UsageError } from "./failure.js";
import { frameLines } from "./frame-text.js";
import { guessSerializer, noGuess } from "./guess.js";
import { readInput } from "./input.js";
import { inspectSession } from "./inspect-session.js";
import { frameJson, writeJson } from "./machine.js";
import { reportFrame } from "./report.js";
/** Runs the command; gives the exit code. Throws UsageError and FrameError. */
export async function inspect(codec, options, io) {
    const input = oneFrame(await readInput(options.source, io), options);
    const { meanings } = options.source;
    if (input.kind === 'session')
        return inspectSession(codec, input.lines, { ...options, meanings }, io);
    const { bytes } = input;
    const guess = input.serializer === null ? guessSerializer(codec, bytes, meanings) : null;
    const id = input.serializer ?? guess?.serializer;
    if (id === undefined)
        throw new FrameError(noGuess(bytes));
    const report = reportFrame(codec, bytes, id);
    if (options.json)
        writeJson(io, frameJson(report, guess));
    else
        io.out(`${frameLines(report, guess, io).join('\n')}\n`);
    return report.messages.some(({ error }) => error !== null) ? EXIT_BROKEN : EXIT_OK;
}
/** The frame to look at, or the whole session when `--frame` does not name one. */
function oneFrame(input, { serializer, frame }) {
    if (input.kind === 'frame') {
        if (frame !== undefined)
            throw new UsageError('--frame needs a recorded session');
        return { ...input, serializer };
    }
    if (frame === undefined)
        return input;
    const line = input.lines.find(({ n }) => String(n) === frame);
    if (line === undefined)
        throw new UsageError(`the session has no frame ${frame}`);
    return { kind: 'frame', bytes: line.bytes, serializer: serializer ?? line.serializer };
}
