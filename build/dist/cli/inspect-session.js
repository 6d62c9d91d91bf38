import { EXIT_BROKEN, EXIT_OK } from "./failure.js";
import { count, lineText, painter, plural, safeText, table } from "./format.js";
import { errorLines } from "./frame-text.js";
import { guessSerializer, noGuess } from "./guess.js";
import { frameJson, writeJson } from "./machine.js";
import { reportFrame } from "./report.js";
import { SIZE_NAMES } from "./serializers.js";
/** Shows a session; gives the exit code. */
export function inspectSession(codec, lines, options, io) {
    const all = lines.map((line) => {
        const named = options.serializer ?? line.serializer;
        const id = named ?? guessSerializer(codec, line.bytes, options.meanings)?.serializer;
        return { line, report: id === undefined ? null : reportFrame(codec, line.bytes, id) };
    });
    const summary = summarize(all);
    if (options.json) {
        const frames = all.map(({ line, report }) => ({ ...frameNotes(line), ...jsonOf(line, report) }));
        writeJson(io, { frames, summary });
    }
    else {
        const paint = painter(io.hasColours);
        const parts = [frameTable(all, io.columns, paint), brokenLines(all, paint), summaryLines(summary, paint)];
        io.out(`${parts.flat().join('\n')}\n`);
    }
    return summary.broken === 0 ? EXIT_OK : EXIT_BROKEN;
}
/** What the recorder wrote beside the frame. */
function frameNotes({ n, record }) {
    const { hex: _hex, serializer: _serializer, ...notes } = record;
    return { n, ...notes };
}
function jsonOf({ bytes }, report) {
    if (report !== null)
        return frameJson(report, null);
    return { serializer: null, bytes: bytes.length, messages: [], error: noGuess(bytes) };
}
function isBroken({ report }) {
    return report === null || report.messages.some(({ error }) => error !== null);
}
/** Counts. Types are named as WAMP does; messages whose type cannot be read count as `broken` only. */
function summarize(all) {
    const types = {};
    const recorded = {};
    const totals = recorded;
    const sizes = Object.fromEntries(SIZE_NAMES.map((name) => [name, 0]));
    let messages = 0;
    for (const { report } of all) {
        if (report === null)
            continue;
        totals[report.serializer] ??= { frames: 0, bytes: 0 };
        const total = totals[report.serializer];
        total.frames++;
        total.bytes += report.bytes.length;
        for (const { message, sizes: own } of report.messages) {
            if (message === null)
                continue;
            messages++;
            const { name } = message.table;
            types[name] = (types[name] ?? 0) + 1;
            for (const { format, bytes } of own) {
                const sum = sizes[format] ?? null;
                sizes[format] = sum === null || bytes === null ? null : sum + bytes;
            }
        }
    }
    const sorted = Object.entries(types).sort(([, a], [, b]) => b - a);
    const broken = all.filter(isBroken).length;
    return { frames: all.length, messages, broken, types: Object.fromEntries(sorted), recorded, sizes };
}
const SHORT = { string: 60, bytes: 4, line: 200, lines: 1 };
function frameTable(all, columns, paint) {
    const rows = all.map((it) => {
        const { line, report } = it;
        const { client, direction } = line.record;
        return [
            String(line.n),
            typeof client === 'string' ? safeText(client) : '',
            typeof direction === 'string' ? safeText(direction) : '',
            report?.serializer ?? '?',
            count(line.bytes.length),
            report?.messages.map(({ type }) => type ?? '?').join('+') ?? '?',
            isBroken(it) ? 'BROKEN' : (report?.messages ?? []).map(({ message }) => brief(message)).join(' + '),
        ];
    });
    const [head = '', ...body] = table([['n', 'client', 'way', 'serializer', 'bytes', 'message', ''], ...rows], [0, 4]);
    return [
        paint('dim', head),
        ...body.map((text, i) => {
            const cut = text.length > columns ? `${text.slice(0, columns - 3)}...` : text;
            return isBroken(all[i]) ? paint('red', cut) : cut;
        }),
    ];
}
/** The list form without the code and without Options: ids, URIs and the payload. */
function brief(message) {
    if (message === null)
        return '';
    const parts = [];
    const values = message;
    const { positions, payload } = message.table;
    for (const { attribute, kind } of positions) {
        if (kind === 'options' || kind === 'options?')
            continue;
        const value = values[attribute];
        // An empty text must be seen.
        parts.push(typeof value === 'string' && value !== '' ? safeText(value) : lineText(value, SHORT));
    }
    if (payload !== 'none') {
        for (const name of ['args', 'kwargs', 'payload']) {
            const value = values[name];
            if (value != null)
                parts.push(lineText(value, SHORT));
        }
    }
    return parts.join(' ');
}
/** Broken frames after the table, each with its bytes around the error. */
function brokenLines(all, paint) {
    const lines = [];
    for (const { line, report } of all) {
        if (report === null)
            lines.push('', `frame ${line.n}: ${noGuess(line.bytes)}`);
        for (const { error, type } of report?.messages ?? []) {
            if (error === null || report === null)
                continue;
            lines.push('', `frame ${line.n}: ${type ?? 'not a WAMP message'}, ${report.serializer}`);
            lines.push(...errorLines(error, report.bytes, paint));
        }
    }
    return lines;
}
function summaryLines(summary, paint) {
    const { frames, messages, broken, types, recorded, sizes } = summary;
    const byType = Object.entries(types).map(([name, number]) => `${name} ${number}`);
    const rows = Object.entries(recorded).map(([id, total]) => [id, count(total.frames), count(total.bytes)]);
    const inAll = SIZE_NAMES.map((name) => `${name} ${sizes[name] == null ? '-' : count(sizes[name])}`);
    const health = broken === 0 ? 'none broken' : paint('red', `${broken} broken`);
    const all = messages === 1 ? 'the message' : `all ${count(messages)} messages`;
    return [
        '',
        `${paint('bold', plural(frames, 'frame'))}, ${health}`,
        ...wrapped(byType, 100).map((line) => `  ${line}`),
        '',
        ...table([['serializer', 'frames', 'bytes'], ...rows], [1, 2]).map((line, i) => i === 0 ? paint('dim', `  ${line}`) : `  ${line}`),
        '',
        `  ${paint('dim', `bytes of ${all}:`)} ${inAll.join(', ')}`,
        '',
        paint('dim', '  --frame N shows one of them in full'),
    ];
}
/** Words joined by commas, in lines of at most `width` characters. */
function wrapped(words, width) {
    const lines = [];
    for (const word of words) {
        const last = lines.at(-1);
        if (last === undefined || last.length + word.length + 2 > width)
            lines.push(word);
        else
            lines[lines.length - 1] = `${last}, ${word}`;
    }
    return lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line));
}
