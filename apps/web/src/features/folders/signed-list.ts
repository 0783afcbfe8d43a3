import type { Item } from '@latchkey/contract/schemas/item';
import type { GatewayRules } from '@latchkey/locator/gateways';
import { locate } from '@latchkey/locator/locate';
import { CsvDecoder } from '@latchkey/manifest/csv/csv-decoder';
import { CsvRows } from '@latchkey/manifest/csv/csv-rows';

type ListedItem = Pick<Item, 'uuid' | 'name' | 'url' | 'integrationHash'>;

/** The gateways of integrations, by their UUIDs. */
export type GatewaysByIntegration = ReadonlyMap<string, GatewayRules>;

const headings = ['itemUuid', 'name', 'objectUrl'] as const;
/** A UUID, a name and a URL, with room to spare. */
const maxRowLength = 64 * 1024;
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A table of the items with their URLs, unsigned, each of which is to be replaced by its signed one. */
export function listToSign(items: readonly ListedItem[]): string {
  const rows = items.map(({ uuid, name, url }) => [uuid, name, url ?? '']);
  return `${[headings, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** A leading quote keeps spreadsheets from reading a name as a formula. */
function quoted(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

export interface SignedList {
  /** By item UUID. */
  readonly urls: ReadonlyMap<string, string>;
  /** What is wrong, by its line; with any of them nothing is renewed. */
  readonly problems: readonly string[];
  /** When the first of the new URLs dies, in milliseconds since the epoch; null: none says so. */
  readonly firstEnd: number | null;
  /** Names of items whose new URL leads to another object than the one that they have. */
  readonly otherObjects: readonly string[];
}

/** Reads the table back. `now` in milliseconds since the epoch. No message holds a URL: it is signed. */
export function readSignedList(
  bytes: Uint8Array,
  items: readonly ListedItem[],
  gateways: GatewaysByIntegration,
  now: number,
): SignedList {
  const list = new SignedListReader(items, gateways, now);
  const rows = new CsvRows((cells, line) => list.take(cells, line), maxRowLength);
  const decoder = new CsvDecoder();
  rows.push(decoder.decode(bytes));
  rows.push(decoder.end());
  rows.end();
  return list;
}

class SignedListReader implements SignedList {
  readonly urls = new Map<string, string>();
  readonly problems: string[] = [];
  readonly otherObjects: string[] = [];
  firstEnd: number | null = null;
  #columns: { readonly uuid: number; readonly url: number } | null = null;
  readonly #items: ReadonlyMap<string, ListedItem>;
  readonly #gateways: GatewaysByIntegration;
  readonly #now: number;

  constructor(items: readonly ListedItem[], gateways: GatewaysByIntegration, now: number) {
    this.#gateways = gateways;
    this.#items = new Map(items.map((item) => [item.uuid, item]));
    this.#now = now;
  }

  take(cells: readonly string[], line: number): void {
    if (cells.every((cell) => cell === '')) return;
    if (this.#columns === null) {
      this.#columns = this.#readHeadings(cells);
      return;
    }
    const problem = this.#readRow(cells[this.#columns.uuid] ?? '', cells[this.#columns.url] ?? '');
    if (problem !== null) this.problems.push(`Line ${line}: ${problem}`);
  }

  #readHeadings(cells: readonly string[]): { uuid: number; url: number } {
    const names = cells.map((cell) => cell.toLowerCase());
    const [uuid, url] = [names.indexOf('itemuuid'), names.indexOf('objecturl')];
    if (uuid >= 0 && url >= 0) return { uuid, url };
    throw new Error('The first line must have the headings itemUuid and objectUrl, as in the list to sign.');
  }

  #readRow(uuidText: string, objectUrl: string): string | null {
    const uuid = uuidText.toLowerCase();
    const item = this.#items.get(uuid);
    if (!uuidForm.test(uuid)) return 'itemUuid is not a UUID.';
    if (!item) return 'The item is not one of those that were selected.';
    if (this.urls.has(uuid)) return 'The item is listed twice.';
    const gateways = this.#gateways.get(item.integrationHash ?? '');
    const located = locate(objectUrl, gateways);
    if (!located.ok) return `objectUrl is not an object URL (${located.problem}).`;
    const expiresAt = located.url.signature?.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= this.#now)
      return 'The signature of objectUrl has expired already.';
    if (located.url.signature === null && objectUrl === item.url) return 'objectUrl is not signed yet.';
    this.urls.set(uuid, objectUrl);
    if (expiresAt !== null) this.firstEnd = Math.min(this.firstEnd ?? expiresAt, expiresAt);
    if (!isSameObject(item, located.url.identity, gateways)) this.otherObjects.push(item.name);
    return null;
  }
}

/** The URL of a list ends before its query, with which a version of the object may have gone. */
function isSameObject({ url }: ListedItem, identity: string, gateways: GatewayRules | undefined): boolean {
  const known = url === null ? null : locate(url, gateways);
  return !known?.ok || known.url.identity === identity.split('?', 1)[0];
}
