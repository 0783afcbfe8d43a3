import { exitCodes } from './exit-codes.js';

/** Ctrl-C reaches a process below npm twice: from the terminal and, forwarded, from npm. */
const sameKeystrokeMs = 1000;

/** Aborted by the first SIGINT, SIGTERM or SIGHUP; the next one ends the process at once. */
export function signalOfProcess(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      controller.abort();
    } else if (performance.now() - firstAt > sameKeystrokeMs) process.exit(exitCodes.interrupted);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller.signal;
}
