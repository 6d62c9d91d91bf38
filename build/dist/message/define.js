import { readOption, writeOption } from "./options.js";
import { registerClass } from "./parse.js";
/**
 * Defines the accessors of the options that the class has beside its mixins'. One getter for each field is shared by
 * no other, so that an engine can specialise it.
 */
export function defineMessage(Class, table) {
    registerClass(Class, table);
    for (const [field, { attribute, absent, kind }] of table.options.entries()) {
        if (attribute in Class.prototype)
            continue;
        const isExtra = table.positions.some((position) => position.attribute === attribute && position.kind === 'dict');
        Object.defineProperty(Class.prototype, attribute, {
            configurable: true,
            enumerable: true,
            get() {
                const value = readOption(this, field);
                if (value !== null || !isExtra)
                    return value ?? absent;
                return kind === 'dict' ? {} : null;
            },
            set(value) {
                writeOption(this, field, value);
            },
        });
    }
}
