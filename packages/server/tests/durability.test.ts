import { startTestSystem } from '@latchkey/testkit/start-system';
import { expect, it } from 'vitest';
import { images, newFolder, newIntegration } from './fixtures.js';
import { sql } from './registration-fixtures.js';

/** Notes at each commit that changes a job whether it waits for the disk. */
const noteCommits = [
  'CREATE TABLE noted_commits (id integer GENERATED ALWAYS AS IDENTITY, status text, units integer, waits text)',
  `CREATE FUNCTION note_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO noted_commits (status, units, waits)
      VALUES (NEW.status, NEW.units_done + NEW.units_error, current_setting('synchronous_commit'));
    RETURN NULL; END $$`,
  `CREATE CONSTRAINT TRIGGER note_commit AFTER UPDATE ON upload_jobs DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.units_done + NEW.units_error > 0) EXECUTE FUNCTION note_commit()`,
];

it.each([
  ['the commits of parts are not waited for on disk, the end of the job is', true, ['off', 'off', 'on']],
  ['a job that is registered as a whole is waited for on disk', false, ['on']],
])('%s', async (_title, ignoreErrors, expected) => {
  await using system = await startTestSystem();
  for (const statement of noteCommits) await sql(system, statement);
  const [folder, integration] = [await newFolder(system), await newIntegration(system)];
  await system.register(folder, integration, { images: images(5000) }, { ignoreErrors });
  await system.drain();
  const commits = await sql<{ units: number; waits: string; status: string }>(
    system,
    'SELECT units, waits, min(status) AS status FROM noted_commits GROUP BY units, waits ORDER BY units, waits',
  );
  expect(commits.map(({ waits }) => waits)).toEqual(expected);
  expect(commits.at(-1)).toEqual({ units: 5000, waits: 'on', status: 'DONE' });
});
