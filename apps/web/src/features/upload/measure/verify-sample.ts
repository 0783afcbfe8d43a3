import { compareMetadata, type MetadataLie } from '@latchkey/manifest/measure/compare-metadata';
import { type ReadOptions, readObjects } from '@latchkey/manifest/measure/read-objects';
import { Sample } from '@latchkey/manifest/measure/sample';
import type { Measure, PlacedObject } from './measure-objects.js';

/** What the manifest claims of an object and the object does not bear out; or why it could not be measured. */
export interface Finding extends PlacedObject {
  readonly lies: readonly MetadataLie[];
  readonly error: unknown;
}

export interface Verification {
  readonly checked: number;
  /** Of the objects with a lie or an error. */
  readonly findings: readonly Finding[];
}

/** Measures a random sample of the objects that have metadata, and compares. */
export async function verifySample(
  {
    stream,
    form,
  }: { readonly stream: AsyncIterable<Uint8Array>; readonly form: NonNullable<ReadOptions['form']> },
  size: number,
  measure: Measure,
): Promise<Verification> {
  const sample = new Sample<PlacedObject>(size);
  for await (const { units } of readObjects(stream, { form }))
    for (const { unit, objects } of units)
      for (const object of objects) if (object.metadata !== null) sample.offer({ object, unit });
  const findings = await Promise.all(sample.values.map((placed) => verify(placed, measure)));
  return {
    checked: findings.length,
    findings: findings
      .filter(({ lies, error }) => lies.length > 0 || error !== null)
      .sort((a, b) => a.unit.line - b.unit.line),
  };
}

async function verify(placed: PlacedObject, measure: Measure): Promise<Finding> {
  const { metadata } = placed.object;
  try {
    const measured = await measure(placed.object);
    return { ...placed, lies: metadata ? compareMetadata(metadata, measured) : [], error: null };
  } catch (error) {
    return { ...placed, lies: [], error };
  }
}
