/**
 * What the command needs of its process, as one object: tests give their own. Everything that reads, writes
 * or looks at the terminal goes through here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
/** Width of lines that no terminal limits. */
const DEFAULT_COLUMNS = 110;
/** The real process. */
export function processIo() {
    const { stdin, stdout, stderr, env } = process;
    // `wamp-codec inspect ... | head` closes the pipe early, which is no error of ours.
    stdout.on('error', (error) => {
        if (error.code !== 'EPIPE')
            throw error;
    });
    const isTty = stdout.isTTY === true;
    return {
        readFile: (path) => new Uint8Array(readFileSync(path)),
        writeFile: (path, bytes) => writeFileSync(path, bytes),
        readStdin: () => readAll(stdin),
        stdinIsTty: stdin.isTTY === true,
        out: (data) => void stdout.write(data),
        error: (text) => void stderr.write(text),
        stdoutIsTty: isTty,
        columns: isTty ? Math.max(stdout.columns, 60) : DEFAULT_COLUMNS,
        hasColours: isTty && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    };
}
/** A stream to its end. `readFileSync(0)` would throw EAGAIN where standard input does not block. */
async function readAll(stream) {
    const chunks = [];
    for await (const chunk of stream)
        chunks.push(chunk);
    return new Uint8Array(Buffer.concat(chunks));
}
