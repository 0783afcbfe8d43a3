import type { UnitResult } from '@latchkey/contract/schemas/upload-job';

const columns = { position: 10, outcome: 11, item: 38 };

const line = (position: string, outcome: string, item: string, unit: string) =>
  `${position.padStart(columns.position)}  ${outcome.padEnd(columns.outcome)}${item.padEnd(columns.item)}${unit}`;

export const unitHeader = line('position', 'outcome', 'item', 'unit');

/** One unit for people: position, outcome, item, then what it is and what was wrong with it. */
export function unitLine({
  position,
  outcome,
  itemUuid,
  objectUrl,
  title,
  furtherItems = [],
  place,
  error,
}: UnitResult): string {
  const where = place.kind === null || place.element === null ? '' : `${place.kind}[${place.element}]`;
  const others = furtherItems.length > 0 ? `and ${furtherItems.length} more` : '';
  const what = [where, title ?? '', others, objectUrl ?? ''].filter((part) => part !== '').join('  ');
  const problem = error ? `${what === '' ? '' : '  '}${error.code}: ${error.message}` : '';
  return line(String(position), outcome, itemUuid ?? '-', what + problem).trimEnd();
}
