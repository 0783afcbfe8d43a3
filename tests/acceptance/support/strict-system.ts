import { type System, startSystem } from './system.js';

export type StrictSystem = System;

/** The real server with an integration under strict client-only access. */
export const startStrictSystem = (directory: string): Promise<StrictSystem> =>
  startSystem(directory, { strictClientOnly: true });
