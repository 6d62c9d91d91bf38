/** A message as a whole: its list form, and its attributes by name. */
import { isMap } from "../brand.js";

import { exactOption, writtenOptions } from "./options.js";
/** The list form, with values as they are; `exact` for another format, which then loses nothing of what is unread. */
export function marshal(message, exact = false) {
    const { table } = message;
    const list = [table.code];
    for (const { attribute, kind } of table.positions) {
        if (kind === 'options' || kind === 'options?') {
            const options = Object.fromEntries(writtenOptions(message, exact));
            if (kind === 'options' || Object.keys(options).length > 0)
                list.push(options);
        }
        else {
            const values = message;
            const value = exact && kind === 'dict' ? exactOption(message, 0) : values[attribute];
            list.push(kind === 'dict' ? (value ?? {}) : value);
        }
    }
    if (table.payload === 'none')
        return list;
    const payload = message._payload;
    const opaque = payload.readOpaque();
    if (opaque !== null) {
        if (isPpt(payload))
            list.push([opaque]);
        else if (opaque.length > 0)
            list.push(opaque);
        return list;
    }
    const args = (exact ? payload.exactArgs() : payload.readArgs());
    const kwargs = (exact ? payload.exactKwargs() : payload.readKwargs());
    if (kwargs !== null && !isEmptyMap(kwargs))
        list.push(args ?? [], kwargs);
    else if (args !== null && args.length > 0)
        list.push(args);
    return list;
}
/** True for `{}` and an empty Map. */
export function isEmptyMap(value) {
    return isMap(value) ? value.size === 0 : Object.keys(value).length === 0;
}
/** True for an opaque payload in the `ppt_*` dialect, which stands in a list of its own. */
export function isPpt(payload) {
    return payload.mode === 3;
}
const readValue = (message, name) => message[name];
/** Every attribute that is set: positions, options, custom keys, payload. `read` may catch what a getter throws. */
export function* attributesOf(message, read = readValue) {
    const { positions, options, writeOrder, payload } = message.table;
    for (const { attribute, kind } of positions) {
        if (kind !== 'options' && kind !== 'options?')
            yield [attribute, read(message, attribute)];
    }
    const positional = new Set(positions.map(({ attribute }) => attribute));
    for (const field of writeOrder) {
        const attribute = options[field]?.attribute;
        if (attribute === undefined || positional.has(attribute))
            continue;
        const value = read(message, attribute);
        if (value !== null)
            yield [attribute, value];
    }
    const rest = payload === 'any' ? ['custom', 'args', 'kwargs', 'payload'] : ['custom', 'args', 'kwargs'];
    for (const name of payload === 'none' ? ['custom'] : rest) {
        const value = read(message, name);
        if (value !== null)
            yield [name, value];
    }
}
