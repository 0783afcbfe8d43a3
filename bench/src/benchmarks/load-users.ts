import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { getItem, listItems } from '@latchkey/contract/routes/items';
import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { createTransport, type Transport } from '@latchkey/sdk/transport';
import { hash32 } from '../workload/random.js';

export const activities = ['list', 'view', 'poll'] as const;
export type Activity = (typeof activities)[number];

export interface LoadTarget {
  readonly url: string;
  readonly folderUuid: string;
  readonly itemUuids: readonly string[];
  readonly jobFolderUuid: string;
  readonly jobUuid: string;
}

export interface LoadTimes {
  /** Milliseconds of each request that was answered. */
  readonly times: Readonly<Record<Activity, number[]>>;
  readonly failures: string[];
}

/** A person looks at what they got before they ask for more. */
const pauseMs = { least: 500, spread: 1000 } as const;

/** Each user lists, opens an item and asks how the job goes, in turns, until the signal aborts. */
export async function runUsers(
  target: LoadTarget,
  tokens: readonly string[],
  signal: AbortSignal,
): Promise<LoadTimes> {
  // All wait for it at once.
  setMaxListeners(tokens.length + 1, signal);
  const times: LoadTimes = { times: { list: [], view: [], poll: [] }, failures: [] };
  await Promise.all(tokens.map((token, user) => runUser(target, token, user, times, signal)));
  return times;
}

async function runUser(
  target: LoadTarget,
  token: string,
  user: number,
  { times, failures }: LoadTimes,
  signal: AbortSignal,
): Promise<void> {
  // Without repetitions: what a client would mend is to be seen here.
  const transport = createTransport({
    baseUrl: target.url,
    authenticate: async () => ({ authorization: `Bearer ${token}` }),
    retry: { retries: 0 },
  });
  for (let turn = user; ; turn += 1) {
    const wait = pauseMs.least + (hash32(user, turn, 0) % pauseMs.spread);
    if (!(await pause(wait, true, { signal }).catch(() => false))) return;
    const activity = activities[turn % activities.length] ?? 'list';
    const begin = performance.now();
    try {
      await ask(transport, target, activity, hash32(user, turn, 1));
      times[activity].push(performance.now() - begin);
    } catch (error) {
      failures.push(`${activity}: ${String(error)}`);
    }
  }
}

function ask(
  transport: Transport,
  { folderUuid, itemUuids, jobFolderUuid, jobUuid }: LoadTarget,
  activity: Activity,
  random: number,
): Promise<unknown> {
  if (activity === 'list')
    return transport.call(listItems, { params: { folderUuid }, query: { pageSize: 100 } });
  if (activity === 'poll') {
    const params = { folderUuid: jobFolderUuid, jobUuid };
    return transport.call(getUploadJob, { params, query: { timeoutSeconds: 0 } });
  }
  const itemUuid = itemUuids[random % itemUuids.length] ?? '';
  return transport.call(getItem, { params: { itemUuid }, query: { signUrl: true } });
}
