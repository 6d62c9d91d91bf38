/** The loops in plain JavaScript check text with Node's `isUtf8`: there are none in a page. */
export const SKIPS = {}
export const SPLICES = {}
