import { ConfigError, type Environment } from './settings.js';

export interface TracingSettings {
  /** Where spans are posted to; null: nothing is traced. */
  readonly tracesUrl: string | null;
}

/**
 * `LATCHKEY_OTLP_ENDPOINT` is the address of a collector, like the standard `OTEL_EXPORTER_OTLP_ENDPOINT`;
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` the whole URL.
 */
export function readTracingSettings(environment: Environment): TracingSettings {
  const text = (name: string): string => environment[name]?.trim() ?? '';
  const isOff =
    text('OTEL_SDK_DISABLED').toLowerCase() === 'true' ||
    text('OTEL_TRACES_EXPORTER').toLowerCase() === 'none' ||
    text('LATCHKEY_OTLP_ENDPOINT') === 'off';
  if (isOff) return { tracesUrl: null };
  const bases = ['LATCHKEY_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
  const [own, standard] = bases.map((name) => readAddress(name, text(name)));
  const whole = readAddress('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', text('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'));
  if (own) return { tracesUrl: tracesOf(own) };
  return { tracesUrl: whole ?? (standard ? tracesOf(standard) : null) };
}

const tracesOf = (base: string): string => `${base.replace(/\/+$/, '')}/v1/traces`;

function readAddress(name: string, value: string): string | null {
  if (value === '') return null;
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new ConfigError(
    `${name} must be the http or https URL of an OpenTelemetry collector, such as http://127.0.0.1:4318.`,
  );
}
