import type { Item } from '@latchkey/contract/schemas/item';
import { countOf, formatDuration } from '../../lib/format.js';

type Measured = Pick<Item, 'width' | 'height' | 'duration' | 'numPages'>;

/** What one looks for first in a list: `1920 × 1080, 0:12`, `3:25`, `12 pages`; null when nothing is known. */
export function mediaFacts(item: Measured): string | null {
  const facts: string[] = [];
  if (item.width !== null && item.height !== null) facts.push(`${item.width} × ${item.height}`);
  if (item.duration !== null) facts.push(formatDuration(item.duration));
  if (item.numPages !== null) facts.push(countOf(item.numPages, 'page'));
  return facts.length > 0 ? facts.join(', ') : null;
}
