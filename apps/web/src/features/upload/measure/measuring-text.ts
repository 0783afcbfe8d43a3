import { countOf, formatCount, formatElapsed } from '../../../lib/format.js';
import { placeText } from '../../../lib/job-text.js';
import type { PlacedObject } from './measure-objects.js';
import type { MeasuringState } from './measuring.js';
import type { Survey } from './survey.js';

/** `1,200 files; 300 of them have no media metadata`. */
export function surveyText({ units, lackingUnits }: Survey): string {
  const all = countOf(units, 'file');
  if (lackingUnits === 0) return all;
  if (lackingUnits === units)
    return units === 1 ? `${all}, without media metadata` : `${all}, all without media metadata`;
  return `${all}; ${formatCount(lackingUnits)} of them ${lackingUnits === 1 ? 'has' : 'have'} no media metadata`;
}

/** `120 of 300 measured, 3 failed`. */
export function countsText({ survey, done, failed }: MeasuringState): string {
  const measured = `${formatCount(done)} of ${formatCount(survey?.lacking ?? 0)} measured`;
  return failed === 0 ? measured : `${measured}, ${formatCount(failed)} failed`;
}

/** `45 files a second, about 12 s left`; empty while nothing can be said. */
export function rateText(state: MeasuringState, now: number): string {
  const seconds = (now - state.startedAt) / 1000;
  const settled = state.done + state.failed - state.doneBefore;
  if (seconds < 1 || settled <= 0) return '';
  const rate = settled / seconds;
  const left = (state.survey?.lacking ?? 0) - state.done - state.failed;
  const speed = `${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} files a second`;
  return left > 0 ? `${speed}, about ${formatElapsed((left / rate) * 1000)} left` : speed;
}

/** `imageGroups[3], line 12, member 2`, or `scenes[0], line 4, scene.lidar.events[0].uri`. */
export function objectPlaceText({ unit, object }: PlacedObject): string {
  const { kind, element, line } = unit;
  const place = placeText({ kind, element, line, column: null, field: null });
  if (object.field !== null) return `${place}, ${object.field}`;
  return object.member === null ? place : `${place}, member ${object.member}`;
}

export const reasonText = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
