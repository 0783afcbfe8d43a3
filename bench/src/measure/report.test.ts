import { describe, expect, it } from 'vitest';
import { type FinishedReport, formatReport, isBarMet } from './report.js';

const report: FinishedReport = {
  benchmark: 'registration',
  items: 20_000,
  engine: 'PostgreSQL 15',
  date: '2026-11-23T00:00:00.000Z',
  machine: { cores: 2, cpu: 'EPYC', memoryBytes: 24e9, system: 'linux', node: 'v20' },
  rows: [
    {
      what: 'register',
      measured: 12_345.6,
      unit: 'units/s',
      floor: 30_000,
      ratio: 0.4115,
      bar: { of: 'ratio', atLeast: 0.65 },
    },
    { what: 'peak memory', measured: 321, unit: 'MB', bar: { of: 'measured', atMost: 350 } },
    { what: 'without a floor', measured: null, unit: 'units/s', floor: null, ratio: null },
  ],
  notes: [],
  problems: ['19,999 of 20,000 units are done.'],
  details: {},
};

describe('a report', () => {
  it('shows the figure beside its floor, and a missed bar as missed', () => {
    const lines = formatReport(report)
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    expect(lines).toContain('register 12,346 units/s 30,000 units/s 0.41 >= 0.65x missed');
    expect(lines).toContain('peak memory 321 MB <= 350 MB met');
    expect(lines).toContain('without a floor not measured none');
    expect(lines.at(-1)).toBe('WRONG: 19,999 of 20,000 units are done.');
  });

  it('says nothing about a bar of what was not measured', () => {
    expect(isBarMet({ what: '', measured: null, unit: '', bar: { of: 'measured', atMost: 1 } })).toBeNull();
    expect(isBarMet({ what: '', measured: 1, unit: '' })).toBeNull();
  });
});
