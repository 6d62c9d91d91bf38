import { viewOf } from "../../payload/utf8.js";
import { valueIn } from "./plan.js";
import { enumNumber, unsigned } from "./values.js";
/** Where a payload step finds its span in `spans`. */
export const SPANS = { args: 0, kwargs: 2, payload: 4 };
/** Longer texts and those that are not ASCII take the other way. */
const SHORT_TEXT = 128;
/** Copies of fewer bytes are cheaper in a loop: `set` needs a view of the source first. */
const SHORT_COPY = 32;
/** Templates of one layout: applications use few shapes, and a peer must not make us remember all. */
const MOST_TEMPLATES = 64;
/** What `shapeOf` has left: distance of each part from the end, the bytes of all parts, texts, scalars. */
const MOST_STEPS = 32;
const distances = new Int32Array(MOST_STEPS);
let used = 0;
const texts = new Array(MOST_STEPS).fill('');
const numbers = new Float64Array(MOST_STEPS);
/**
 * The number of the message's shape, from 0; -1 when it has to be built. Nothing of the application may run between
 * this and the use of what it leaves.
 */
export function shapeOf(message, payload, { parts, scalars, others }, profile) {
    for (let i = 0; i < others.length; i++)
        if (valueIn(message, others[i]) !== null)
            return -1;
    const isReference = profile === 'autobahn';
    let mask = 0;
    used = 0;
    for (let i = 0; i < parts.length; i++) {
        const step = parts[i];
        let size = 0;
        if (step.type === '[uint8]') {
            if (payload === null)
                continue;
            const at = SPANS[step.path];
            size = payload.spans[at + 1] - payload.spans[at];
            if (size === 0)
                continue;
        }
        else {
            const text = valueIn(message, step);
            if (text === null)
                continue;
            // The reference peer leaves empty texts out.
            if (!isShortAscii(text) || (isReference && text === ''))
                return -1;
            texts[i] = text;
            size = text.length + 1;
        }
        used += size;
        used += (-used & 3) + 4;
        distances[i] = used;
        mask |= 1 << i;
    }
    mask <<= scalars.length;
    for (let i = 0; i < scalars.length; i++) {
        const step = scalars[i];
        const value = valueIn(message, step);
        if (value === null)
            continue;
        const number = scalarOf(value, step.type);
        // And numbers that are zero.
        if (number < 0 || (isReference && number === 0))
            return -1;
        numbers[i] = number;
        mask |= 1 << i;
    }
    return (mask << 3) | (used & 7);
}
/** A scalar as a number; -1 for what the slot cannot hold, and for large ones. */
function scalarOf(value, type) {
    if (typeof value === 'boolean')
        return value ? 1 : 0;
    if (typeof value === 'string')
        return enumNumber(type, value);
    if (type === 'MessageType')
        return value;
    return typeof value === 'number' ? (unsigned(type, value) ?? -1) : -1;
}
function isShortAscii(text) {
    if (text.length > SHORT_TEXT)
        return false;
    for (let i = 0; i < text.length; i++)
        if (text.charCodeAt(i) >= 0x80)
            return false;
    return true;
}
/** Makes the template of the shape that `shapeOf` found last from the message as the builder has written it. */
export function rememberTemplate(written, layout, shape) {
    const { parts, scalars, templates } = layout;
    if (templates.size >= MOST_TEMPLATES)
        return;
    const placeOf = slotsOf(written);
    templates.set(shape, {
        bytes: written.slice(0, written.length - used),
        scalars: scalars.map(({ slot }) => placeOf(slot)),
        parts: parts.map(({ slot }) => placeOf(slot)),
    });
}
/** Places of the slots of the message in a frame that the builder has written; 0 for one that is absent. */
export function slotsOf(written) {
    const view = new DataView(written.buffer, written.byteOffset, written.length);
    const slotAt = (table, slot) => {
        const vtable = table - view.getInt32(table, true);
        if (4 + 2 * slot >= view.getUint16(vtable, true))
            return 0;
        const offset = view.getUint16(vtable + 4 + 2 * slot, true);
        return offset === 0 ? 0 : table + offset;
    };
    const root = view.getUint32(0, true);
    const union = slotAt(root, 1);
    const table = union + view.getUint32(union, true);
    return (slot) => slotAt(table, slot);
}
/** Writes a message of the shape that `shapeOf` found last. */
export function writeTemplate(out, payload, { parts, scalars }, template) {
    const total = template.bytes.length + used;
    const last = lastSpan(parts, template, payload);
    const hole = last >= 0 && out.leavesOut ? spanBytes(payload, parts[last]) : 0;
    out.reserveWhole(total - hole);
    const { bytes } = out;
    const base = out.at;
    const end = base + total;
    bytes.set(template.bytes, base);
    for (let i = 0; i < scalars.length; i++) {
        const place = template.scalars[i];
        if (place !== 0)
            setScalar(bytes, base + place, numbers[i], scalars[i].type);
    }
    // From the last part to the first: what stands last in the frame may be left out (Output.splice).
    for (let i = parts.length - 1; i >= 0; i--) {
        const place = template.parts[i];
        if (place === 0)
            continue;
        const { type, path } = parts[i];
        const start = end - distances[i];
        setInt(bytes, base + place, start - base - place);
        let size;
        if (type === '[uint8]') {
            const { bytes: source, spans } = payload;
            const from = spans[SPANS[path]];
            size = spans[SPANS[path] + 1] - from;
            setInt(bytes, start, size);
            if (i === last) {
                out.at = start + 4;
                out.splice(source, from, from + size);
                for (; (size & 3) !== 0; size++)
                    out.u8(0);
                return;
            }
            if (size < SHORT_COPY)
                for (let k = 0; k < size; k++)
                    bytes[start + 4 + k] = source[from + k];
            else
                bytes.set(viewOf(source, from, size), start + 4);
        }
        else {
            const text = texts[i];
            size = text.length;
            for (let k = 0; k < size; k++)
                bytes[start + 4 + k] = text.charCodeAt(k);
            setInt(bytes, start, size);
            bytes[start + 4 + size++] = 0;
        }
        // What aligns the next part: the slab may hold an abandoned result.
        for (; (size & 3) !== 0; size++)
            bytes[start + 4 + size] = 0;
    }
    out.at = end;
}
/** The part that ends the frame, the first that is created, if that is a payload which may be spliced; or -1. */
function lastSpan(parts, template, payload) {
    if (payload === null || !payload.isLasting)
        return -1;
    for (let i = 0; i < parts.length; i++) {
        if (template.parts[i] !== 0)
            return parts[i].type === '[uint8]' ? i : -1;
    }
    return -1;
}
function spanBytes({ spans }, { path }) {
    const at = SPANS[path];
    return spans[at + 1] - spans[at];
}
function setScalar(bytes, at, value, type) {
    if (type === 'uint64') {
        setInt(bytes, at, value >>> 0);
        setInt(bytes, at + 4, Math.floor(value / 0x1_0000_0000));
    }
    else if (type === 'uint32') {
        setInt(bytes, at, value);
    }
    else {
        bytes[at] = value;
        if (type === 'uint16' || type === 'MessageType')
            bytes[at + 1] = value >>> 8;
    }
}
function setInt(bytes, at, value) {
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
}
