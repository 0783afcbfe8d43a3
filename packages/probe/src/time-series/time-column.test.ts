import { describe, expect, test } from 'vitest';
import { findTimeColumn } from './time-column.js';

describe('the time column', () => {
  test.each([
    [['speed', 'Time_ms', 'time'], 1],
    [['speed', 't'], 1],
    [['speed', 't_us'], 1],
    [['speed', 'timestamp (s)'], 1],
    [['temperature', 'torque'], 0],
    [['when', 'speed'], 0],
  ])('of %j is the first that is named t, time or timestamp, else the first', (headings, at) => {
    expect(findTimeColumn(headings)).toBe(at);
  });
});
