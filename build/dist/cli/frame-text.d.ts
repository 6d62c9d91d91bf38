import { type Paint } from './format.ts';
import type { Guess } from './guess.ts';
import type { Io } from './io.ts';
import type { ErrorReport, FrameReport } from './report.ts';
/** The whole report as lines. */
export declare function frameLines(report: FrameReport, guess: Guess | null, io: Io): string[];
/** The error, and the bytes around it. */
export declare function errorLines(error: ErrorReport, bytes: Uint8Array, paint: Paint): string[];
