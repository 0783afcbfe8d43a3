/** What a command gets from the process, and all that it may use of it. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A line on standard output. */
  readonly print: (line: string) => void;
  /** Text or bytes on standard output; resolves when it has taken them. */
  readonly write: (content: string | Uint8Array) => Promise<void>;
  /** A line on standard error: what is not the result. */
  readonly note: (line: string) => void;
  /** All of standard input, as text. */
  readonly readInput: () => Promise<string>;
  /** Whether a progress bar can be drawn on standard error. */
  readonly isInteractive: boolean;
  /** Asks a question and resolves with the answer; missing where nobody is at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborted by SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Calls the listener at each SIGHUP from now on, which then no longer aborts the signal. */
  readonly onHangup?: (listener: () => void) => void;
}
