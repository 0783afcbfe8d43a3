import { expect, test } from 'vitest';
import { ConfigError } from './settings.js';
import { readTracingSettings } from './tracing-settings.js';

const base = 'http://collector:4318';
const traces = 'http://collector:4318/v1/traces';

test.each([
  [{}, null],
  [{ LATCHKEY_OTLP_ENDPOINT: base }, traces],
  [{ LATCHKEY_OTLP_ENDPOINT: `${base}/` }, traces],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: base }, traces],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${base}/in` }, `${base}/in`],
  [{ LATCHKEY_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${base}/in` }, traces],
  [{ LATCHKEY_OTLP_ENDPOINT: 'off', OTEL_EXPORTER_OTLP_ENDPOINT: base }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_SDK_DISABLED: 'TRUE' }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_TRACES_EXPORTER: 'none' }, null],
])('reads of %j that spans go to %s', (environment, tracesUrl) => {
  expect(readTracingSettings(environment)).toEqual({ tracesUrl });
});

test.each([
  ['LATCHKEY_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://collector:4317'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'somewhere'],
])('refuses %s=%s, naming the variable and not the value', (name, value) => {
  const read = (): unknown => readTracingSettings({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${name} must be the http or https URL`);
  expect(read).not.toThrow(value);
});
