import { exportFolder, getExportReport } from '@latchkey/contract/routes/exports';
import { requestPath } from '@latchkey/sdk/request-url';
import type { TestJson, TestSystem, TestUser } from '@latchkey/testkit/start-system';

export interface Exported {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The text of an export as it comes. */
export async function exported(
  system: TestSystem,
  folderUuid: string,
  query: Readonly<Record<string, unknown>>,
  as: TestUser = system.admin,
): Promise<Exported> {
  const response = await fetch(system.baseUrl + requestPath(exportFolder.path, { folderUuid }, query), {
    headers: { authorization: `Bearer ${as.token}` },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What the report of an export says that has come to its end. */
export async function reportOf(
  system: TestSystem,
  { headers }: Pick<Exported, 'headers'>,
): Promise<TestJson> {
  const exportUuid = headers.get('x-export-uuid') ?? '';
  return (await system.call(getExportReport, { params: { exportUuid } })).body;
}

export const linesOf = (text: string): TestJson[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** All that the API shows of the items with their signed URLs, but for what every registration makes anew. */
export async function contentsOf(system: TestSystem, folder: string): Promise<TestJson[]> {
  const { text } = await exported(system, folder, { format: 'items', withSignatures: true });
  const items = linesOf(text).map(({ members, ...item }) => ({
    ...withoutIds(item),
    members: members?.map(withoutIds),
  }));
  return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function withoutIds(item: TestJson): TestJson {
  const { uuid, parent, integrationHash, createdAt, lastEditedAt, ...rest } = item;
  return rest;
}
