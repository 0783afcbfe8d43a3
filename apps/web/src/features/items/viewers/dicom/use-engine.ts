import type { RenderingEngine } from '@cornerstonejs/core';
import { useEffect, useState } from 'react';
import { newEngine } from './cornerstone.js';

/** What draws the panes of one viewer; null before the first drawing. */
export function useEngine(): RenderingEngine | null {
  const [engine, setEngine] = useState<RenderingEngine | null>(null);
  useEffect(() => {
    const created = newEngine();
    setEngine(created);
    return () => created.destroy();
  }, []);
  return engine;
}
