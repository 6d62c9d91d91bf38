/** Message -> bytes of one list format: a new head around whatever the payload writer makes of the payload. */
import { EncodeError } from "../errors.js";
import { checkWhole, notAMessage } from "../message/build.js";
import { brokenInList } from "../message/list-rules.js";
import { exactOption } from "../message/options.js";
import { surrogateError } from "../payload/complaint.js";
import { isWellFormed } from "../payload/encode-value.js";
import { JSON_FORMAT } from "../payload/format.js";
import { listLosses } from "./losses.js";
import { hasNoOptions, OptionsWriter } from "./options-writer.js";
import { PayloadWriter } from "./payload-writer.js";
/** Writes messages in one format. */
export class MessageWriter {
    constructor(format, heads, policy) {
        this.format = format;
        this.heads = heads;
        this.policy = policy;
        this.optionsWriter = new OptionsWriter(format, heads, policy);
        this.payloadWriter = new PayloadWriter(format, heads, policy);
    }
    losses(message) {
        return listLosses(message, this.format, this.policy);
    }
    /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
    write(out, message, landmarks = null) {
        const { heads } = this;
        const { table } = message;
        if (table === undefined)
            throw notAMessage(message);
        // A message that somebody has put together piece by piece is looked at as a whole only here.
        if (message._frame === null && message._options !== null)
            checkWhole(message);
        // Lists that were read are good; what was built or came from FlatBuffers may not be.
        if (message._options !== null || message._frame?.reader != null)
            this.checkList(message);
        const isBare = hasNoOptions(message);
        const fields = isBare ? 0 : this.optionsWriter.plan(message);
        const custom = isBare ? NONE : this.optionsWriter.custom(message);
        const { positions } = table;
        const last = positions[positions.length - 1];
        const isOmitted = last?.kind === 'options?' && fields === 0 && custom.length === 0;
        const fixed = isOmitted ? positions.length - 1 : positions.length;
        const plan = table.payload === 'none' ? null : this.payloadWriter.plan(message._payload);
        heads.list(out, 1 + fixed + (plan === null ? 0 : plan.elements));
        heads.id(out, table.code);
        for (let i = 0; i < fixed; i++) {
            heads.separator(out);
            const position = positions[i];
            if (landmarks !== null && i === 0)
                landmarks.idStart = out.mark();
            if (position.kind === 'id')
                heads.id(out, idIn(message, position.slot));
            else if (position.kind !== 'options' && position.kind !== 'options?')
                this.position(out, message, position);
            else if (fields !== 0 || custom.length > 0)
                this.optionsWriter.write(out, message, fields, custom);
            else {
                heads.dict(out, 0);
                heads.closeDict(out);
            }
            if (landmarks !== null && i === 0)
                landmarks.idEnd = out.mark();
        }
        if (landmarks !== null)
            landmarks.headEnd = out.mark();
        if (plan !== null)
            this.payloadWriter.write(out, message._payload, plan);
        heads.closeList(out);
    }
    id(out, value) {
        this.heads.id(out, value);
    }
    /** Writes what is neither an id nor the options. */
    position(out, message, { attribute, kind, slot }) {
        const { heads } = this;
        if (kind === 'dict') {
            this.format.encode(out, exactOption(message, 0) ?? {}, this.policy, attribute);
            return;
        }
        const value = message[slot];
        if (kind === 'requestType')
            heads.id(out, value);
        else if (value === null)
            heads.null(out);
        else
            this.text(out, value, attribute);
    }
    text(out, value, path) {
        if (!isWellFormed(value))
            throw surrogateError(path, this.format.name);
        if (this.format === JSON_FORMAT && value.charCodeAt(0) === 0) {
            const text = `cannot encode ${path} to json: text that begins with NUL has no JSON form`;
            throw new EncodeError('UNENCODABLE', text, { format: 'json', path });
        }
        this.heads.text(out, value);
    }
    /** What FlatBuffers can say and a list cannot is not written: peers would refuse it. */
    checkList(message) {
        const broken = brokenInList(message);
        if (broken === null)
            return;
        const { name } = this.format;
        const text = `cannot encode ${broken.attribute} to ${name}: ${broken.rule}`;
        throw new EncodeError('UNENCODABLE', text, { format: name, path: broken.attribute });
    }
}
const NONE = [];
function idIn(message, slot) {
    const slots = message;
    switch (slot) {
        case '_request':
            return slots._request;
        case '_subscription':
            return slots._subscription;
        case '_publication':
            return slots._publication;
        case '_registration':
            return slots._registration;
        default:
            return slots._session;
    }
}
