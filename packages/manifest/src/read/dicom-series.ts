import { composeLocation } from './composite-location.js';
import { firstTagValue, readDicomMetadata } from './dicom-metadata.js';
import { type Unit, type UnitMember, type UnitProblem, UnitRefusal } from './unit.js';

const seriesInstanceUid = '0020000E';

/** Where files are of several series, each has to say of which: throws `UnitRefusal` for the first that does not. */
export function checkSeries(members: readonly UnitMember[]): void {
  const uids = members.map(seriesOf);
  const count = new Set(uids.filter((uid) => uid !== undefined)).size;
  const unknown = uids.indexOf(undefined);
  if (count < 2 || unknown < 0) return;
  throw new UnitRefusal({
    code: 'dicom_series_mixed',
    message: `The files are of ${count} series, and file ${unknown} does not say of which (tag ${seriesInstanceUid}, SeriesInstanceUID).`,
    objectUrl: members[unknown]?.objectUrl ?? '',
    field: `dicomMetadata.tags.${seriesInstanceUid}`,
  });
}

/** What keeps files that were measured later from being series; null if they are. */
export function seriesProblem(members: readonly UnitMember[]): UnitProblem | null {
  try {
    for (const { mediaMetadata } of members) readDicomMetadata(mediaMetadata);
    checkSeries(members);
    return null;
  } catch (error) {
    if (!(error instanceof UnitRefusal)) throw error;
    return error.problem;
  }
}

/** The unit as one for each DICOM series that it holds, in the order of their first files; any other unit as it is. */
export function splitSeries(unit: Unit, titleLength: number): readonly Unit[] {
  if (unit.itemType !== 'dicomSeries') return [unit];
  const series = new Map<string | undefined, UnitMember[]>();
  for (const member of unit.members) {
    const members = series.get(seriesOf(member));
    if (members) members.push(member);
    else series.set(seriesOf(member), [member]);
  }
  if (series.size < 2) return [unit];
  return [...series.values()].map((members, index) => ({
    ...unit,
    members,
    location: composeLocation(unit.itemType, members),
    title: unit.title === null ? null : numbered(unit.title, index + 1, titleLength),
  }));
}

function seriesOf({ mediaMetadata: media }: UnitMember): string | undefined {
  const uid = media && 'tags' in media ? firstTagValue(media.tags, seriesInstanceUid) : undefined;
  return uid === undefined ? undefined : String(uid);
}

/** The series of one element have its title, and a number each to tell them apart. */
function numbered(title: string, number: number, titleLength: number): string {
  const suffix = `, series ${number}`;
  return title.slice(0, titleLength - suffix.length) + suffix;
}
