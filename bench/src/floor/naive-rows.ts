import { createHash } from 'node:crypto';
import { writeTexts } from '../workload/lines-file.js';
import { hash32, randomHex } from '../workload/random.js';
import { type Unit, unitsOf, type Workload } from '../workload/units.js';

/** The row that a first design would have: everything in one table, the media facts as JSON, three indexes. */
export const naiveTable = `
  CREATE TABLE items (
    id uuid PRIMARY KEY,
    folder_id uuid NOT NULL,
    type text NOT NULL,
    name text COLLATE "C" NOT NULL,
    url text NOT NULL,
    url_key bytea NOT NULL,
    media jsonb NOT NULL,
    client_metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (folder_id, url_key)
  );
  CREATE INDEX ON items (folder_id, name, id)`;

const otherFolders = 50;
const salts = { id: 900, folder: 950, color: 960 } as const;

/** Writes the workload in COPY's text format: half of the rows in one folder, the others in fifty. */
export function writeNaiveRows(path: string, workload: Workload): Promise<number> {
  return writeTexts(path, rowsOf(workload));
}

function* rowsOf(workload: Workload): Generator<string, void, undefined> {
  const { seed, signedAt } = workload;
  const createdAt = signedAt.toISOString();
  let index = 0;
  for (const unit of unitsOf(workload)) {
    const folder = index % 2 === 0 ? 0 : 1 + (hash32(seed, index, salts.folder) % otherFolders);
    const id = uuidv7(signedAt.getTime() + Math.floor(index / 10), randomHex(seed, index, salts.id, 3));
    const folderId = uuidv7(signedAt.getTime(), randomHex(seed, folder, salts.folder, 3));
    yield rowOf(unit, id, folderId, createdAt, seed + index);
    index += 1;
  }
}

function rowOf(unit: Unit, id: string, folderId: string, createdAt: string, colorSeed: number): string {
  const { objectUrl, title, mimeType, fileSize, width, height, clientMetadata } = unit;
  const urlKey = createHash('sha256')
    .update(objectUrl.slice(0, objectUrl.indexOf('?')))
    .digest();
  const color = randomHex(colorSeed, 0, salts.color, 1);
  const media = `{"mimeType":"${mimeType}","fileSize":${fileSize},"width":${width},"height":${height},"source":"manifest","colorProfile":"${color}"}`;
  const key = `\\\\x${urlKey.toString('hex', 0, 16)}`;
  return `${[id, folderId, 'image', title, objectUrl, key, media, clientMetadata, createdAt].join('\t')}\n`;
}

/** 24 random digits, of which the last ones are used. */
function uuidv7(timeMs: number, digits: string): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(6, 18)}`;
}
