import type { Io } from './io.ts';
/** Runs the command with its arguments; gives the exit code. Rejects only for errors of our own. */
export declare function run(args: readonly string[], io: Io): Promise<number>;
