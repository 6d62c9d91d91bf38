/**
 * The steps in which a message is written, worked out once for each table and profile: what is created before the
 * table, then what is added to it. Profile 'autobahn' has the reference peer's order and leaves out what it never
 * writes; profile 'schema' has the same order, and behind it the rest of the slots.
 */
import { isOffsetType } from "../../message/flatbuffers-schema.js";
import { sentOption } from "../../message/options.js";
/** Bits of a shape, so that it stays a small integer; and those of them that say how the parts are aligned. */
const SHAPE_BITS = 30;
const ALIGNMENT_BITS = 3;
const plans = {
    schema: new Map(),
    autobahn: new Map(),
};
/** The plan of a message. */
export function planOf(table, profile) {
    let plan = plans[profile].get(table);
    if (plan === undefined) {
        plan = makePlan(table, profile);
        plans[profile].set(table, plan);
    }
    return plan;
}
function makePlan(table, profile) {
    const flat = table.flatbuffers;
    const created = namesOf(flat, profile, 'created').map((name) => stepOf(table, name));
    const added = namesOf(flat, profile, 'added').map((name) => stepOf(table, name));
    const isBare = ({ field }) => field < 0;
    const bareCreated = created.filter(isBare);
    const bareAdded = added.filter(isBare);
    return {
        created,
        added,
        bareCreated,
        bareAdded,
        bare: layoutOf(bareCreated, bareAdded),
        // The reference peer leaves out what equals a default: each such value would be another shape.
        whole: profile === 'schema' ? layoutOf(created, added) : null,
    };
}
/**
 * A layout, or null for the one table that has parts without a slot, or when the shape of a message has too many bits.
 */
function layoutOf(created, added) {
    const parts = created.filter(({ type }) => type === '[uint8]' || type === 'string');
    const others = created.filter((step) => !parts.includes(step));
    const scalars = added.filter(({ default: usual }) => usual !== null);
    const bits = parts.length + scalars.length + ALIGNMENT_BITS;
    if (parts.some(({ slot }) => slot < 0) || bits > SHAPE_BITS)
        return null;
    return { parts, scalars, others, templates: new Map() };
}
function namesOf(flat, profile, kind) {
    const names = flat[kind];
    if (profile === 'autobahn')
        return [...names];
    const known = flat.slots.filter(({ attribute }) => attribute !== null);
    const all = known.filter(({ type }) => kind === 'added' || isOffsetType(type)).map(({ name }) => name);
    return [...names.filter((name) => all.includes(name)), ...all.filter((name) => !names.includes(name))];
}
function stepOf(table, name) {
    const slot = table.flatbuffers.slots.findIndex((candidate) => candidate.name === name);
    const found = table.flatbuffers.slots[slot];
    const path = found?.attribute ?? name;
    const position = table.positions.find(({ attribute, kind }) => attribute === path && kind !== 'dict');
    const field = table.options.findIndex(({ attribute }) => attribute === path);
    return {
        slot,
        type: found?.type ?? 'string',
        property: position === undefined ? null : position.slot,
        field: position === undefined ? field : -1,
        path,
        default: found?.default ?? null,
    };
}
/** The value that a step writes; null or undefined when it is absent. */
export function valueIn(message, { property, field }) {
    if (property !== null)
        return message[property];
    return sentOption(message, field);
}
