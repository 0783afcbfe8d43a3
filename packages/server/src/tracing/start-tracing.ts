import { noTracing, type Tracing } from '@latchkey/tracing/tracing';
import type { ServerConfig } from '../config/environment.js';
import { version } from '../version.js';

/** `warn` is told, once a minute at most, that spans cannot be sent. */
export async function startTracing(
  { tracesUrl }: ServerConfig,
  warn: (message: string) => void,
): Promise<Tracing> {
  if (tracesUrl === null) return noTracing;
  const { startOtlpTracing } = await import('@latchkey/tracing/otlp-tracing');
  const onFailure = (): void => warn('spans could not be sent to the OpenTelemetry collector; some are lost');
  return startOtlpTracing({ url: tracesUrl, serviceVersion: version, onFailure });
}
