import { describe, expect, it } from 'vitest';
import { gatewaysOfLines, gatewaysProblem, linesOfGateways } from './gateway-lines.js';

describe('lines of gateways', () => {
  const gateways = [
    { url: 'https://data.example.com/', bucketUrl: 's3://acme/scans/' },
    { url: 'https://plain.example.com/', bucketUrl: null },
  ];

  it('are read with and without a bucket, and written as they are read', () => {
    const lines = '  https://data.example.com/   s3://acme/scans/ \n\nhttps://plain.example.com/\n';
    expect(gatewaysOfLines(lines)).toEqual(gateways);
    expect(gatewaysOfLines(linesOfGateways(gateways))).toEqual(gateways);
    expect(gatewaysProblem(lines)).toBeNull();
    expect(gatewaysProblem('')).toBeNull();
  });

  it.each([
    ['data.example.com', 'write the gateway as https://data.example.com/.'],
    ['s3://acme/', 'write the gateway as'],
    ['https://a.example/ s3://a/ s3://b/', 'one gateway a line'],
    [Array(21).fill('https://a.example/').join('\n'), 'At most 20 gateways.'],
  ])('tell what is wrong: %j', (lines, problem) => {
    expect(gatewaysProblem(lines)).toContain(problem);
  });
});
