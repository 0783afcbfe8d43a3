import { leftOutReasons } from '@latchkey/contract/export-formats';
import type { ExportReport } from '@latchkey/contract/schemas/export';

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** For people: how much was written, and what was left out and why. */
export function reportLines({ itemsCount, urlsCount, leftOut }: ExportReport): string[] {
  const signed = urlsCount > 0 ? `, ${counted(urlsCount, 'signed URL')}` : '';
  return [
    `${counted(itemsCount, 'item')} exported${signed}.`,
    ...leftOut.map(
      ({ itemType, reason, count }) => `Left out: ${count} ${itemType}. ${leftOutReasons[reason]}`,
    ),
  ];
}
