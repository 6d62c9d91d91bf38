/**
 * What a list cannot say, although a class can hold it: FlatBuffers leaves out what a list must have, and has payload
 * serializers without a name there. Peers refuse such lists, so they are not written.
 */
import { PayloadRuleError } from "../errors.js";
import { isGoodInList } from "./kinds.js";
import { sentOption } from "./options.js";
import { brokenRule } from "./rules.js";
import { ENC_SERIALIZER, FORWARD_FOR } from "./table.js";
import { checkPayloadRules, hasAppPayload } from "./with-app-payload.js";
/**
 * The first attribute that keeps a message out of a list, or null. What a list frame brought is good already, and a
 * message that was built has kept the other rules: only what was set is looked at, unless the frame is no list.
 */
export function brokenInList(message) {
    const { category } = message.table;
    const isForeign = message._frame?.reader != null;
    const value = (field) => isForeign || message._options?.[field] != null ? sentOption(message, field) : null;
    if (category >= 3) {
        const hops = value(FORWARD_FOR);
        if (hops !== null && !isGoodInList('hops', hops)) {
            return { attribute: 'forward_for', rule: 'a hop needs its authrole in a list' };
        }
    }
    if (category === 4) {
        const name = value(ENC_SERIALIZER);
        if (name !== null && !isGoodInList('encSerializer', name)) {
            return { attribute: 'enc_serializer', rule: `peers refuse ${JSON.stringify(name)} in a list` };
        }
    }
    return isForeign ? brokenForeign(message) : null;
}
/** What FlatBuffers may leave out. */
function brokenForeign(message) {
    const { table } = message;
    const values = message;
    const missing = table.positions.find(({ attribute, kind }) => (kind === 'text' || kind === 'uri') && values[attribute] === null);
    if (missing !== undefined)
        return { attribute: missing.attribute, rule: 'a list needs a string' };
    const value = (name) => {
        const field = table.options.findIndex(({ attribute }) => attribute === name);
        return field < 0 ? values[name] : sentOption(message, field);
    };
    return brokenRule(table, value) ?? brokenPayloadRule(message);
}
function brokenPayloadRule(message) {
    if (!hasAppPayload(message))
        return null;
    try {
        checkPayloadRules(message, 'interop');
        return null;
    }
    catch (error) {
        if (!(error instanceof PayloadRuleError))
            throw error;
        return { attribute: error.path ?? 'payload', rule: error.message };
    }
}
