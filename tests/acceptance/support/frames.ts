import type { Page } from 'playwright-core';

declare global {
  interface Window {
    frameTimes?: number[];
    longTasks?: number[];
  }
}

export interface FrameTimes {
  readonly count: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Of the tasks of more than 50 ms, which is what browsers call long. */
  readonly longTasksMs: readonly number[];
}

/** Notes, in each document that the page opens from now on, how long every frame and every long task takes. */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frames: number[] = [];
    const tasks: number[] = [];
    Object.assign(window, { frameTimes: frames, longTasks: tasks });
    let last = performance.now();
    const note = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** The frames since it was asked last, or since the document was opened. */
export async function takeFrames(page: Page): Promise<FrameTimes> {
  const { frames, longTasksMs } = await page.evaluate(() => ({
    frames: window.frameTimes?.splice(0) ?? [],
    longTasksMs: window.longTasks?.splice(0) ?? [],
  }));
  if (frames.length === 0) throw new Error('No frame was noted: was watchFrames called first?');
  const sorted = [...frames].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { count: frames.length, medianMs: at(0.5), p99Ms: at(0.99), longestMs: at(1), longTasksMs };
}
