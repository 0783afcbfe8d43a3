import { type ObjectBatch, readObjects } from '@latchkey/manifest/measure/read-objects';
import { objectKey } from '@latchkey/manifest/measure/unit-objects';
import type { MeasurementStore } from './measurement-store.js';

/** What a manifest says of its objects. */
export interface Survey {
  readonly units: number;
  /** Objects without media metadata in units that are good otherwise, and the units that they are in. */
  readonly lacking: number;
  readonly lackingUnits: number;
  /** Of the lacking: those that strict client-only access wants metadata of. */
  readonly needed: number;
  /** Of the lacking: measured here before. */
  readonly known: number;
  /** Objects whose metadata the manifest claims. */
  readonly claimed: number;
  /** Where the objects are. */
  readonly origins: readonly string[];
}

export const emptySurvey: Survey = {
  units: 0,
  lacking: 0,
  lackingUnits: 0,
  needed: 0,
  known: 0,
  claimed: 0,
  origins: [],
};

/** Reads the whole manifest once. Throws `LatchkeyError` for what is none. */
export async function surveyManifest(
  stream: AsyncIterable<Uint8Array>,
  form: NonNullable<Parameters<typeof readObjects>[1]>['form'],
  store: Pick<MeasurementStore, 'find'>,
): Promise<Survey> {
  let survey = emptySurvey;
  for await (const batch of readObjects(stream, form ? { form } : {}))
    survey = await added(survey, batch, store);
  return survey;
}

async function added(
  survey: Survey,
  { units, errors }: ObjectBatch,
  store: Pick<MeasurementStore, 'find'>,
): Promise<Survey> {
  const objects = units.flatMap((unit) => unit.objects);
  const lacking = objects.filter(({ metadata }) => metadata === null);
  const known = lacking.length === 0 ? new Map() : await store.find(lacking.map(objectKey));
  return {
    units: survey.units + units.length + errors.length,
    lacking: survey.lacking + lacking.length,
    lackingUnits:
      survey.lackingUnits +
      units.filter((unit) => unit.objects.some(({ metadata }) => metadata === null)).length,
    needed: survey.needed + lacking.filter(({ isNeeded }) => isNeeded).length,
    known: survey.known + lacking.filter((object) => known.has(objectKey(object))).length,
    claimed: survey.claimed + objects.length - lacking.length,
    origins: [...new Set([...survey.origins, ...objects.map(({ origin }) => origin)])],
  };
}
