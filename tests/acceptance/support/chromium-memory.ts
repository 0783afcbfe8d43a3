import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

/** Bytes that the pages and workers of the browser hold now, without what they share with files on disk. */
export async function memoryOfPages(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    const sizes = await Promise.all(renderers.map(({ id }) => residentBytes(id)));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    await session.detach();
  }
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** The largest of samples that are taken while something is done. */
export async function peakMemoryDuring(browser: Browser, work: () => Promise<void>): Promise<number> {
  let peak = await memoryOfPages(browser);
  let isDone = false;
  const watch = (async () => {
    while (!isDone) {
      peak = Math.max(peak, await memoryOfPages(browser));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  try {
    await work();
  } finally {
    isDone = true;
    await watch;
  }
  return peak;
}
