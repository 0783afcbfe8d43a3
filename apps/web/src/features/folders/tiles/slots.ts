/** Loads that run at the same time: a browser opens six connections to a host over HTTP/1.1. */
const atATime = 6;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs the work as soon as there is room; one that is given up while it waits never begins. */
export async function inSlot<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
