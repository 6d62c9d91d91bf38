/**
 * The bases of the 25 classes: the mixins, applied once for each category, because the categories form a chain.
 * `Message` has 12 classes (category 1), forward_for is added for 6 (category 3), the payload for 7 (category 4).
 */
import { Message } from "./message.js";
import { withAppPayload } from "./with-app-payload.js";
import { withForwardFor } from "./with-forward-for.js";
/** Base of SUBSCRIBE, UNSUBSCRIBE, CANCEL, REGISTER, UNREGISTER and INTERRUPT. */
export const ControlMessage = withForwardFor(Message);
/** Base of ERROR, PUBLISH, EVENT, CALL, RESULT, INVOCATION and YIELD. */
export const DataMessage = withAppPayload(ControlMessage);
