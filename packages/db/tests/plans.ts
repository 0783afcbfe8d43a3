import type { Executor } from '@latchkey/db/engine/executor';

/** The plan of the one query that `work` makes, as text; the elements of array parameters are left out. */
export async function explained(
  db: Executor,
  work: (executor: Executor) => Promise<unknown>,
): Promise<string> {
  const lines: unknown[] = [];
  await work({
    copy: (statement) => db.copy(statement),
    copyOut: (statement) => db.copyOut(statement),
    async query(statement) {
      const rows = await db.query<object>({ ...statement, text: `EXPLAIN ${statement.text}` });
      lines.push(...rows.flatMap((row) => Object.values(row)));
      return [];
    },
  });
  return lines.join('\n').replaceAll(/'\{[^}]*\}'/g, "'{...}'");
}
