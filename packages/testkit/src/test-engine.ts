import { type TestDatabaseOptions, testDatabaseOptions } from '@latchkey/db/testing/test-database';

/** The engine that the environment asks for: `TEST_DATABASE=postgres` with `TEST_DATABASE_URL`, else PGlite. */
export const testEngine = (): TestDatabaseOptions => testDatabaseOptions(process.env);
