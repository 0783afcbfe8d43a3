import { configDefaults, defineConfig } from 'vitest/config';

/** They use no database, or start PGlite whatever the engine of the other suites is. */
const sameOnPostgres = [
  'packages/db/tests/pglite*.test.ts',
  'apps/cli/tests/{cors,demo,gateway,scan,scan-journal,scan-rules,terraform-*}.test.ts',
  // On PostgreSQL, the kills of the suite `endurance`.
  'tests/acceptance/wire/crash.test.ts',
];

/** The embedded database takes one process. */
const onlyOnPostgres = [
  'tests/acceptance/wire/audit-nodes.test.ts',
  'apps/cli/tests/migrate-database.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two suites and their servers share the cores.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/tests/**/*.test.ts',
            'apps/cli/tests/**/*.test.ts',
            'apps/web/src/**/*.test.ts',
            'tests/acceptance/wire/**/*.test.ts',
            'tests/deploy/**/*.test.ts',
            'tests/terraform/**/*.test.ts',
            'bench/src/**/*.test.ts',
          ],
          exclude: [
            ...configDefaults.exclude,
            'packages/*/tests/system/**',
            'tests/*/system/**',
            ...(process.env['TEST_DATABASE'] === 'postgres' ? sameOnPostgres : onlyOnPostgres),
          ],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['packages/*/tests/system/**/*.test.ts', 'tests/*/system/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'endurance',
          include: ['tests/acceptance/endurance/**/*.test.ts'],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'scale',
          include: ['tests/acceptance/scale/**/*.test.ts'],
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/acceptance/browser/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
