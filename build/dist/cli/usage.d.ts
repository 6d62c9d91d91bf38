/** The help texts. What the options do in full is in docs/cli.md. */
/** Help by command; `''` is that of `wamp-codec` alone. */
export declare const USAGE: Readonly<Record<'' | 'inspect' | 'convert', string>>;
