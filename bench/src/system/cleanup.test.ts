import { describe, expect, it } from 'vitest';
import { Cleanup } from './cleanup.js';

describe('the clean-up', () => {
  it('undoes the last first, each once, and goes on after a failure', async () => {
    const done: string[] = [];
    const cleanup = new Cleanup();
    const step = (name: string) => cleanup.defer(async () => done.push(name));
    step('directory');
    cleanup.defer(() => Promise.reject(new Error('The database is gone.')));
    const stopServer = step('server');
    await stopServer();
    await stopServer();
    await expect(cleanup.run()).rejects.toThrow('The database is gone.');
    await cleanup.run();
    expect(done).toEqual(['server', 'directory']);
  });
});
