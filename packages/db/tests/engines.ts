import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { afterAll, beforeAll } from 'vitest';

const requested = testDatabaseOptions(process.env);

/** PostgreSQL when `TEST_DATABASE=postgres` asks for it; a missing URL has thrown by then. */
export const postgresEngines = requested.engine === 'postgres' ? [requested] : [];

/** The one that `TEST_DATABASE` asks for, or PGlite: each leg of a whole run has one. */
export const engines = postgresEngines.length > 0 ? postgresEngines : [{ engine: 'pglite' as const }];

/** One database for the tests of a `describe` block. */
export function useTestDatabase(options: (typeof engines)[number]): { readonly current: TestDatabase } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(options);
  });
  afterAll(() => database?.drop());
  return {
    get current() {
      if (database === undefined) throw new Error('The test database is not open yet.');
      return database;
    },
  };
}
