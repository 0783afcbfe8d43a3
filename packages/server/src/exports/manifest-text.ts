import { type UnitKind, unitKindNames } from '@latchkey/contract/kinds';
import type { UnitsByKind, WritableUnit } from '@latchkey/manifest/write/unit-json';
import { writeCsvManifest } from '@latchkey/manifest/write/write-csv';
import { writeJsonManifest } from '@latchkey/manifest/write/write-json';
import { writeNdjsonManifest } from '@latchkey/manifest/write/write-ndjson';
import type { ExportRun } from './export-run.js';
import { type ExportRow, exportRows } from './export-source.js';
import { kindOf, toUnit, typesOfKind } from './to-unit.js';

/** The items as a manifest that registers to them again. */
export async function* manifestText(
  run: ExportRun,
  form: 'json' | 'ndjson' | 'csv',
): AsyncGenerator<string, void, undefined> {
  const units = unitsByKind(run);
  if (form === 'json') yield* writeJsonManifest(units);
  else if (form === 'ndjson') yield* writeNdjsonManifest(units);
  else {
    // Without the mark Excel takes the file for another encoding, and saves it back so.
    yield '\ufeff';
    yield* writeCsvManifest(units);
  }
}

/** A manifest has its units by kind, so the items are read once for each. */
function unitsByKind(run: ExportRun): UnitsByKind {
  return Object.fromEntries(unitKindNames.map((kind) => [kind, unitsOf(run, kind)]));
}

async function* unitsOf(run: ExportRun, kind: UnitKind): AsyncGenerator<WritableUnit, void, undefined> {
  for await (const rows of exportRows(run.context, run.request.source, typesOfKind(kind))) {
    const ofKind = rows.filter((row) => kindOf(row) === kind);
    const units = ofKind.flatMap((row) => unitOrLeftOut(run, kind, row));
    const urls = units.reduce((sum, unit) => sum + countUrls(unit), 0);
    await run.handOut(urls, ofKind.at(0)?.row.id ?? '', ofKind.at(-1)?.row.id ?? '');
    run.itemsCount += units.length;
    yield* units;
  }
}

function unitOrLeftOut(run: ExportRun, kind: UnitKind, exported: ExportRow): WritableUnit[] {
  const unit = toUnit(kind, exported, (row) => run.urlOf(row));
  if (typeof unit !== 'string') return [unit];
  const [itemType] = typesOfKind(kind).filter((type) => type === exported.row.type);
  if (itemType !== undefined) run.leaveOut(itemType, unit);
  return [];
}

const countUrls = ({ objectUrl, members = [] }: WritableUnit): number =>
  members.length + (objectUrl === null ? 0 : 1);
