import type { Item } from '@latchkey/contract/schemas/item';
import type { DataSet } from 'dicom-parser';
import { type Placement, toVector } from './placement.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function numbersOf(tags: Readonly<Record<string, unknown>>, tag: string): number[] {
  const element = tags[tag];
  const values = isObject(element) && Array.isArray(element['Value']) ? element['Value'] : [];
  return values.filter((value): value is number => typeof value === 'number');
}

/** From the tags that the manifest gave, before the file is loaded; null when it gave none. */
export function placementOfItem({ mediaDetails }: Item): Placement | null {
  const tags: unknown = mediaDetails?.['tags'];
  if (!isObject(tags)) return null;
  const axes = numbersOf(tags, '00200037');
  return placement({
    position: numbersOf(tags, '00200032'),
    axes,
    spacing: numbersOf(tags, '00280030'),
    rows: numbersOf(tags, '00280010')[0],
    columns: numbersOf(tags, '00280011')[0],
    instanceNumber: numbersOf(tags, '00200013')[0],
  });
}

const shared = 'x52009229';
const perFrame = 'x52009230';

/** The functional group of a frame, where an enhanced file has one: its own before the one of all frames. */
function groupOf(dataSet: DataSet, frame: number, sequence: string): DataSet | undefined {
  const ofFrame = dataSet.elements[perFrame]?.items?.[frame]?.dataSet;
  const ofAll = dataSet.elements[shared]?.items?.[0]?.dataSet;
  const macro = ofFrame?.elements[sequence] ?? ofAll?.elements[sequence];
  return macro?.items?.[0]?.dataSet;
}

/** From the file itself; frames count from 0. */
export function placementOfFrame(dataSet: DataSet, frame: number): Placement {
  const numbers = (tag: string, sequence: string): number[] => {
    const text = groupOf(dataSet, frame, sequence)?.string(tag) ?? dataSet.string(tag);
    return text ? text.split('\\').map(Number) : [];
  };
  const frameCount = dataSet.intString('x00280008') ?? 1;
  return placement({
    position: numbers('x00200032', 'x00209113'),
    axes: numbers('x00200037', 'x00209116'),
    spacing: numbers('x00280030', 'x00289110'),
    rows: dataSet.uint16('x00280010'),
    columns: dataSet.uint16('x00280011'),
    instanceNumber: frameCount > 1 ? frame + 1 : dataSet.intString('x00200013'),
  });
}

interface Given {
  readonly position: ArrayLike<number> | undefined;
  readonly axes: ArrayLike<number> | undefined;
  readonly spacing: readonly number[] | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  readonly instanceNumber: number | undefined;
}

function placement({ position, axes, spacing, rows, columns, instanceNumber }: Given): Placement {
  const [row, column] = [toVector(axes), toVector(axes, 3)];
  const [between, across] = spacing ?? [];
  return {
    position: toVector(position),
    orientation: row && column ? [row, column] : null,
    spacing: between !== undefined && across !== undefined ? [between, across] : null,
    rows: rows ?? null,
    columns: columns ?? null,
    instanceNumber: instanceNumber ?? null,
  };
}
