/** Types of attribute values that are more than a number, a string or a list. */
export {};
