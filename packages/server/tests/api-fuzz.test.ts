import { toOpenApi } from '@latchkey/contract/openapi';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newIntegration } from './fixtures.js';
import { sql } from './registration-fixtures.js';
import { anyJson, anyText, type Schema, valuesOf } from './schema-arbitrary.js';
import { folderOf, insertItems, insertPendingJob, nobody } from './storage-fixtures.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface FuzzRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: { readonly type: string; readonly text: string } | null;
  readonly caller: keyof typeof callers;
}

/** A longer run, or one that failed, again: FUZZ_RUNS=1000 FUZZ_SEED=42. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const answerWithinMs = 10_000;
/** In the names of what nobody but its owner and organisation admins may see. */
const privateMark = 'only-for-its-owner';

const { paths } = toOpenApi('fuzz') as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
  })),
);
type FuzzOperation = (typeof operations)[number];

let system: TestSystem;
let callers: {
  readonly anonymous: null;
  readonly owner: TestUser;
  readonly other: TestUser;
  readonly admin: TestUser;
};
/** Filled anew before each test; the arbitraries choose by position, so that a seed means the same again. */
const uuids: string[] = [];
beforeAll(async () => {
  const off = { LATCHKEY_USER_REQUESTS_PER_SECOND: 'off', LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: 'off' };
  system = await startTestSystem({ environment: off });
  const [owner, other] = [await system.createUser(), await system.createUser()];
  callers = { anonymous: null, owner, other, admin: system.admin };
});
/** Requests of the admin may have changed or deactivated them. */
beforeEach(async () => {
  const made: string[] = [];
  for (const user of [callers.owner, callers.other]) {
    await sql(system, "UPDATE users SET organisation_role = 'member', deactivated_at = NULL WHERE id = $1", [
      user.uuid,
    ]);
    const mark = user === callers.owner ? privateMark : 'shown';
    const folder = await folderOf(system, user, `Folder ${mark}`);
    const integration = await newIntegration(system, { allowedHosts: [`${mark}.example.com`] }, user);
    const items = await insertItems(system, user, folder, [{ name: `${mark}.jpg`, integration }]);
    made.push(folder, integration, ...items, await insertPendingJob(system, user, folder), user.uuid);
  }
  uuids.splice(0, uuids.length, ...made, nobody);
});
afterAll(() => system.close());

const placed = (operation: FuzzOperation, place: Parameter['in']) => {
  const own = operation.parameters.filter((parameter) => parameter.in === place);
  const values = Object.fromEntries(own.map(({ name, schema }) => [name, valuesOf(schema, uuids)]));
  return fc.record(values, { requiredKeys: own.filter(({ required }) => required).map(({ name }) => name) });
};

const bodyOf = ({ requestBody }: FuzzOperation): fc.Arbitrary<FuzzRequest['body']> => {
  const types = Object.entries(requestBody?.content ?? {});
  if (types.length === 0) return fc.constant(null);
  return fc.oneof(
    ...types.map(([type, { schema }]) =>
      fc.oneof(
        {
          weight: 9,
          arbitrary: valuesOf(schema, uuids).map((value) => ({ type, text: JSON.stringify(value) })),
        },
        { weight: 1, arbitrary: anyText.map((text) => ({ type, text })) },
        { weight: 1, arbitrary: anyJson.map((value) => ({ type: 'text/plain', text: String(value) })) },
      ),
    ),
  );
};

const requestOf = (operation: FuzzOperation): fc.Arbitrary<FuzzRequest> =>
  fc.record({
    path: placed(operation, 'path'),
    query: placed(operation, 'query'),
    header: placed(operation, 'header'),
    body: bodyOf(operation),
    caller: fc.constantFrom('anonymous', 'owner', 'other', 'other', 'admin'),
  });

/** Half of a character can't be sent. */
const asText = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString();

/** An empty part, "." and ".." are no part of an address but lead to another. */
const asPart = (value: unknown): string => encodeURIComponent(asText(value)).replace(/^\.{0,2}$/, '-');

function addressOf({ path, parameters }: FuzzOperation, request: FuzzRequest): string {
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) => asPart(request.path[name]));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query))
    for (const one of [value].flat()) query.append(name, asText(one));
  // What is waited for is not what is tested.
  if (parameters.some(({ name }) => name === 'timeoutSeconds')) query.set('timeoutSeconds', '0');
  return `${system.baseUrl}${target}?${query}`;
}

async function send(
  operation: FuzzOperation,
  request: FuzzRequest,
): Promise<{ status: number; text: string }> {
  const as = callers[request.caller];
  const headers = Object.entries(request.header).map(([name, value]) => [
    name,
    asText(value).replace(/[^ -~]/g, '?'),
  ]);
  const stop = new AbortController();
  const response = await fetch(addressOf(operation, request), {
    method: operation.method,
    headers: {
      ...Object.fromEntries(headers),
      ...(as && { authorization: `Bearer ${as.token}` }),
      ...(request.body && { 'content-type': request.body.type }),
    },
    ...(request.body && { body: request.body.text }),
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(answerWithinMs)]),
  });
  const { status, headers: answered } = response;
  if (answered.get('content-type')?.startsWith('text/event-stream')) {
    stop.abort();
    return { status, text: '' };
  }
  return { status, text: await response.text() };
}

test.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s answers whatever is sent as it is documented, in time, and shows nothing of others',
  async (_name, operation) => {
    const property = fc.asyncProperty(requestOf(operation), async (request) => {
      const { status, text } = await send(operation, request);
      expect(Object.keys(operation.responses).filter((known) => Number(known) < 500)).toContain(
        String(status),
      );
      if (status >= 400)
        expect(JSON.parse(text)).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      if (['anonymous', 'other'].includes(request.caller)) expect(text).not.toContain(privateMark);
    });
    await fc.assert(property, { numRuns, seed, endOnFailure: true });
  },
);

test('no object of the process has got a field', () => {
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
