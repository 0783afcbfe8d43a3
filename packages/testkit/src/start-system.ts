import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BodyOf, ParamsOf, QueryOf, Route } from '@latchkey/contract/route';
import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { migrate } from '@latchkey/db/migrate/migrate';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import { countOpenParts } from '@latchkey/db/upload-jobs/parts-reader';
import { insertApiToken } from '@latchkey/db/users/writer';
import { requestPath } from '@latchkey/sdk/request-url';
import { buildApp } from '@latchkey/server/app';
import { newToken } from '@latchkey/server/auth/secrets';
import { createUser } from '@latchkey/server/auth/service';
import { readConfig } from '@latchkey/server/config/environment';
import { readSecretKeys } from '@latchkey/server/config/secret-keys';
import type { Environment } from '@latchkey/server/config/settings';
import type { AppContext } from '@latchkey/server/context';
import { closeThreads, createContext } from '@latchkey/server/create-context';
import { runWorker } from '@latchkey/server/registration/worker';
import { adoptSecretKeys } from '@latchkey/server/secret-keys/adopt-secret-keys';
import { newMarker } from '@latchkey/server/secret-keys/spool-marker';
import { v7 as uuidv7 } from 'uuid';
import { testEngine } from './test-engine.js';

export interface TestUser {
  readonly uuid: string;
  readonly email: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  // Tests read answers loosely and assert what they find.
  readonly body: TestJson;
}
// biome-ignore lint/suspicious/noExplicitAny: an answer is asserted, not typed, by the test that reads it
export type TestJson = any;

export interface CallParts<R extends Route> {
  readonly params?: ParamsOf<R>;
  readonly query?: Partial<QueryOf<R>> | Readonly<Record<string, unknown>>;
  readonly body?: BodyOf<R> | Readonly<Record<string, unknown>>;
  /** Null: without authentication. Default: the admin. */
  readonly as?: TestUser | null;
}

export interface TestSystem {
  readonly baseUrl: string;
  readonly context: AppContext;
  /** Organisation admin. */
  readonly admin: TestUser;
  call<R extends Route>(route: R, parts?: CallParts<R>): Promise<Answer>;
  createUser(role?: 'admin' | 'member'): Promise<TestUser>;
  /** Sends a manifest as it is; answers the refusal or the job's UUID. */
  register(
    folderUuid: string,
    integrationUuid: string,
    manifest: object | string,
    options?: { ignoreErrors?: boolean; as?: TestUser },
  ): Promise<Answer>;
  startWorker(): void;
  /** Resolves when no part of any pending job is left. */
  drain(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestSystemOptions {
  /** False: nothing is registered until `startWorker`. */
  readonly worker?: boolean;
  readonly webRoot?: string | null;
  readonly now?: () => number;
  readonly environment?: Environment;
}

/** The real API and worker on a database of its own, listening on a free port of 127.0.0.1. */
export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-test-'));
  const database = await createTestDatabase(testEngine());
  const stopping = new AbortController();
  const environment = {
    LATCHKEY_DATA_DIR: directory,
    LATCHKEY_PORT: '0',
    LATCHKEY_LOG_LEVEL: 'silent',
    // Tests list objects of hosts that do not exist. Those of measuring set it.
    LATCHKEY_PROBE: 'off',
    ...options.environment,
  };
  const context = await createContext({
    config: readConfig(environment),
    readSecretKeys: () => readSecretKeys(environment, directory),
    db: database.db,
    stopping: stopping.signal,
    ...(options.now ? { now: options.now } : {}),
  });
  await migrate(context.db);
  await adoptSecretKeys(context, newMarker());
  const app = await buildApp(context, options.webRoot ?? null);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const baseUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const workers: Promise<void>[] = [];
  const startWorker = (): void => void workers.push(runWorker(context, stopping.signal));
  if (options.worker !== false) startWorker();
  const admin = await addUser(context, 'admin');
  const close = async (): Promise<void> => {
    stopping.abort();
    await app.close();
    await Promise.all(workers);
    await closeThreads(context);
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  };
  return {
    baseUrl,
    context,
    admin,
    startWorker,
    close,
    call: (route, parts = {}) => call(baseUrl, route, { as: admin, ...parts }),
    createUser: (role = 'member') => addUser(context, role),
    register: (folderUuid, integrationUuid, manifest, { ignoreErrors = true, as = admin } = {}) =>
      send(
        baseUrl,
        startUploadJobFromManifest,
        requestPath(
          startUploadJobFromManifest.path,
          { folderUuid },
          { integrationHash: integrationUuid, ignoreErrors },
        ),
        typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
        as,
      ),
    drain: () => drain(context),
    [Symbol.asyncDispose]: close,
  };
}

async function addUser(context: AppContext, organisationRole: 'admin' | 'member'): Promise<TestUser> {
  const { token, hash } = newToken('lkt_');
  const user = await createUser(context, {
    email: `${uuidv7()}@example.com`,
    name: '',
    password: null,
    organisationRole,
  });
  await insertApiToken(context.db, {
    id: uuidv7(),
    userId: user.id,
    title: 'test',
    tokenHash: hash,
    lifetimeDays: null,
  });
  return { uuid: user.id, email: user.email, token };
}

function call<R extends Route>(
  baseUrl: string,
  route: R,
  { params, query, body, as }: CallParts<R>,
): Promise<Answer> {
  const path = requestPath(
    route.path,
    params as Record<string, unknown> | undefined,
    query as Record<string, unknown> | undefined,
  );
  return send(baseUrl, route, path, body === undefined ? undefined : JSON.stringify(body), as ?? null);
}

async function send(
  baseUrl: string,
  route: Route,
  path: string,
  body: string | undefined,
  as: TestUser | null,
): Promise<Answer> {
  const response = await fetch(baseUrl + path, {
    method: route.method,
    headers: {
      ...(as ? { authorization: `Bearer ${as.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json');
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

const drainDeadlineMs = 60_000;

async function drain(context: AppContext): Promise<void> {
  const deadline = Date.now() + drainDeadlineMs;
  while ((await countOpenParts(context.db)) > 0) {
    if (Date.now() > deadline) throw new Error('The registration did not drain.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
