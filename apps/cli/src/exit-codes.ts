/** Exit codes of the command; they are documented in `--help`. */
export const exitCodes = {
  success: 0,
  unitsFailed: 1,
  /** Of `audit verify`. */
  logBroken: 1,
  /** Of `webhook test`. */
  testNotTaken: 1,
  /** Of `doctor`. */
  checkFailed: 1,
  /** Of `serve` and `demo`. */
  stoppedByFault: 1,
  refused: 2,
  unreachable: 3,
  cancelled: 4,
  /** 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
