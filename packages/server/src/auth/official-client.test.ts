import { expect, it } from 'vitest';
import { knowsTimeSeries } from './official-client.js';

it.each([
  [undefined, true],
  ['Mozilla/5.0', true],
  ['encord-sdk-python/0.1.190 python/3.11 pydantic/1.10', false],
  ['encord-sdk-python/0.1.204', false],
  ['encord-sdk-python/0.1.205', true],
  ['encord-sdk-python/0.2.0', true],
  ['encord-sdk-python/1.0.0', true],
])('%s knows time series: %s', (userAgent, known) => {
  expect(knowsTimeSeries(userAgent)).toBe(known);
});
