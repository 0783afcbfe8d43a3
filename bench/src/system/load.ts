import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface LoadOptions {
  readonly url: string;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  /** Each request names another version, which no cache has. */
  readonly isUnique: boolean;
  readonly firstNumber: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Of each request, in milliseconds. */
  readonly samples: readonly number[];
  /** Heads that are not 200. */
  readonly wrong: readonly string[];
}

/** Loads a server for some seconds, with as little work of its own as can be: it shares the cores with what it loads. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const program = fileURLToPath(new URL('./load-process.js', import.meta.url));
  const child = fork(program, [JSON.stringify(options)]);
  const exited = once(child, 'exit');
  const message = once(child, 'message') as Promise<[LoadResult]>;
  const [result] = await Promise.race([
    message,
    exited.then(([code]) => {
      throw new Error(`The load generator ended with ${code} before it had measured.`);
    }),
  ]);
  await exited;
  return result;
}
