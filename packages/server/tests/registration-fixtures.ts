import { Agent, request as httpRequest } from 'node:http';
import type { Readable } from 'node:stream';
import {
  getUploadJob,
  listUnitResults,
  startUploadJobFromManifest,
} from '@latchkey/contract/routes/upload-jobs';
import type { UnitResult } from '@latchkey/contract/schemas/upload-job';
import { claimPart } from '@latchkey/db/upload-jobs/parts-writer';
import { requestPath } from '@latchkey/sdk/request-url';
import { processPart } from '@latchkey/server/registration/process-part';
import type { TestJson, TestSystem, TestUser } from '@latchkey/testkit/start-system';
import { expect } from 'vitest';
import { jobResult } from './fixtures.js';

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: TestJson;
}

export interface PostOptions {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: TestUser;
}

const manifestTarget = (
  folderUuid: string,
  integrationHash: string,
  query: PostOptions['query'] = {},
): string =>
  requestPath(
    startUploadJobFromManifest.path,
    { folderUuid },
    { integrationHash, ignoreErrors: true, ...query },
  );

/** Starts a job from the body as it is, with ignoreErrors unless the query says otherwise. */
export async function post(
  system: TestSystem,
  folder: string,
  integration: string,
  body: string | Uint8Array<ArrayBuffer>,
  { query, headers, as = system.admin }: PostOptions = {},
): Promise<Posted> {
  const response = await fetch(system.baseUrl + manifestTarget(folder, integration, query), {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${as.token}`, 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Sends the body as it comes; answers when the server has, whatever is left of the body. */
export function postStream(
  system: TestSystem,
  folder: string,
  integration: string,
  body: Readable,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: TestJson }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      system.baseUrl + manifestTarget(folder, integration),
      {
        method: 'POST',
        agent: new Agent(),
        headers: {
          authorization: `Bearer ${system.admin.token}`,
          'content-type': 'application/json',
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => {
          body.destroy();
          outgoing.destroy();
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        });
      },
    );
    outgoing.on('error', reject);
    body.on('error', (error) => outgoing.destroy(error));
    body.pipe(outgoing);
  });
}

/** Registers a manifest to its end. */
export async function run(
  system: TestSystem,
  folder: string,
  integration: string,
  manifest: object | string,
  ignoreErrors = true,
): Promise<TestJson> {
  const started = await system.register(folder, integration, manifest, { ignoreErrors });
  expect(started).toMatchObject({ status: 200, body: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  return jobResult(system, folder, started.body);
}

/** As it stands now. */
export async function jobNow(system: TestSystem, folderUuid: string, jobUuid: string): Promise<TestJson> {
  const params = { folderUuid, jobUuid };
  return (await system.call(getUploadJob, { params, query: { timeoutSeconds: 0 } })).body;
}

export const reconciles = (job: TestJson): boolean =>
  job.unitsTotalCount ===
  job.unitsPendingCount +
    job.unitsDoneCount +
    job.unitsSkippedCount +
    job.unitsErrorCount +
    job.unitsCancelledCount;

/** All pages of the unit results. */
export async function allUnits(
  system: TestSystem,
  folderUuid: string,
  jobUuid: string,
  query: Readonly<Record<string, unknown>> = { pageSize: 1000 },
): Promise<UnitResult[]> {
  const found: UnitResult[] = [];
  let pageToken: string | undefined;
  do {
    const { status, body } = await system.call(listUnitResults, {
      params: { folderUuid, jobUuid },
      query: { ...query, ...(pageToken === undefined ? {} : { pageToken }) },
    });
    expect(status).toBe(200);
    found.push(...body.results);
    pageToken = body.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return found;
}

/** A statement on the side, for what the API does not show or do. */
export async function sql<Row>(
  system: TestSystem,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return system.context.db.query<Row>({ name: 'test.sql', text, values });
}

export async function countRows(system: TestSystem, table: string, where = 'true'): Promise<number> {
  const [row] = await sql<{ count: number }>(system, `SELECT count(*) AS count FROM ${table} WHERE ${where}`);
  return row?.count ?? -1;
}

/** Claims the job's next part and works on it as a worker does; false if there is none. */
export async function workOnNextPart({ context }: TestSystem, jobUuid: string): Promise<boolean> {
  const claimed = await claimPart(context.db, jobUuid, 60);
  if (claimed) await processPart(context, claimed);
  return claimed !== null;
}
