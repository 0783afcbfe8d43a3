import type { ResponseOf } from '@latchkey/contract/route';
import { getFolderSummary } from '@latchkey/contract/routes/folders';
import { listItems } from '@latchkey/contract/routes/items';
import type { Transport } from '@latchkey/sdk/transport';
import { type Percentiles, percentilesOf } from '../measure/percentiles.js';
import { hash32 } from '../workload/random.js';
import type { ListCase, ListFolders } from './list-cases.js';

const pageSize = 100;
const walkPageSize = 1000;

export interface CaseResult {
  /** Milliseconds of each request. */
  readonly times: Percentiles;
  readonly problems: readonly string[];
}

export async function measureCase(
  transport: Transport,
  each: ListCase,
  folders: ListFolders,
  { pages, seed }: { readonly pages: number; readonly seed: number },
): Promise<CaseResult> {
  if (each.kind === 'summary') return measureSummary(transport, folders, pages);
  const folderUuid = each.query.isRecursive ? folders.parent : folders.folder;
  const page = (pageToken: string | undefined, size: number) => {
    const query = { ...each.query, pageToken, pageSize: size };
    return transport.call(listItems, { params: { folderUuid }, query });
  };
  const total = each.matches(folders);
  if (each.kind === 'anywhere') {
    const { tokens, items } = await walk((token) => page(token, walkPageSize));
    const times = await measureRequests(pages, async (_token, index) => {
      await page(tokens[hash32(seed, index, 0) % tokens.length], pageSize);
      return undefined;
    });
    return { times, problems: problemsOf(each.name, items, total) };
  }
  const first = await page(undefined, pageSize);
  const times = await measureRequests(
    pages,
    async (token) => (await page(token, pageSize)).nextPageToken ?? undefined,
  );
  return { times, problems: problemsOf(each.name, first.results.length, Math.min(total, pageSize)) };
}

const problemsOf = (name: string, items: number, expected: number): string[] =>
  items === expected ? [] : [`${name}: ${items} items, not ${expected}.`];

async function measureSummary(
  transport: Transport,
  { folder, images, videos }: ListFolders,
  requests: number,
): Promise<CaseResult> {
  const summarise = () => transport.call(getFolderSummary, { params: { folderUuid: folder } });
  const summary = await summarise();
  const times = await measureRequests(requests, async () => {
    await summarise();
    return undefined;
  });
  return {
    times,
    problems: [
      ...problemsOf('folder summary, images', summary.images, images),
      ...problemsOf('folder summary, videos', summary.videos, videos),
    ],
  };
}

/** Each request gets what the one before answered, the first one nothing. */
async function measureRequests(
  count: number,
  request: (token: string | undefined, index: number) => Promise<string | undefined>,
): Promise<Percentiles> {
  const times: number[] = [];
  let token: string | undefined;
  for (let index = 0; index < count; index += 1) {
    const begin = performance.now();
    token = await request(token, index);
    times.push(performance.now() - begin);
  }
  return percentilesOf(times);
}

type Page = ResponseOf<typeof listItems>;

/** The token of every page of the list, the first one's included, and how many items there are. */
async function walk(page: (token: string | undefined) => Promise<Page>) {
  const tokens: (string | undefined)[] = [undefined];
  let items = 0;
  for (let token: string | undefined, isLast = false; !isLast; isLast = token === undefined) {
    const { results, nextPageToken } = await page(token);
    items += results.length;
    token = nextPageToken ?? undefined;
    if (token !== undefined) tokens.push(token);
  }
  return { tokens, items };
}
