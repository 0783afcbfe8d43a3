// Loaded only where traces are switched on. Connects to the one collector that the operator set, and to nothing else.
import {
  type Context,
  context,
  diag,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { OpenSpan, SpanAttributes, Tracing } from './tracing.js';

export interface OtlpOptions {
  /** Where spans are posted to, such as `http://collector:4318/v1/traces`. */
  readonly url: string;
  readonly serviceVersion: string;
  /** Called at most once a minute while spans cannot be sent. */
  readonly onFailure: () => void;
}

const silenceMs = 60_000;

/**
 * Sampling, headers, service name, resource attributes and time limits are those of the standard `OTEL_` variables.
 * The process, its arguments and the machine are not described.
 */
export function startOtlpTracing({ url, serviceVersion, onFailure }: OtlpOptions): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  reportFailures(onFailure);
  const own = resourceFromAttributes({ 'service.name': 'latchkey', 'service.version': serviceVersion });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('latchkey', serviceVersion);

  const open = (name: string, attributes: SpanAttributes, parent: Context, kind: SpanKind): OpenSpan =>
    toOpenSpan(tracer.startSpan(name, { kind, attributes: { ...attributes } }, parent), parent);
  const span: Tracing['span'] = (name, attributes, work) =>
    within(open(name, attributes, context.active(), SpanKind.INTERNAL), work);
  return {
    openRequest: (name, attributes, traceparent) =>
      open(name, attributes, propagation.extract(ROOT_CONTEXT, { traceparent }), SpanKind.SERVER),
    span,
    step: (name, attributes, work) =>
      trace.getActiveSpan()?.isRecording() ? span(name, attributes, work) : work(),
    ids: () => {
      const active = trace.getActiveSpan()?.spanContext();
      return active ? { trace_id: active.traceId, span_id: active.spanId } : {};
    },
    close: () => provider.shutdown().catch(onFailure),
  };
}

function toOpenSpan(span: Span, parent: Context): OpenSpan {
  const inside = trace.setSpan(parent, span);
  return {
    run: (work) => context.with(inside, work),
    end({ attributes, error }) {
      // A request that is answered and broken off at the same moment ends twice.
      if (!span.isRecording()) return;
      if (attributes) span.setAttributes({ ...attributes });
      // Never the message of an error: it may quote what it is about.
      if (error !== undefined)
        span.setAttribute('error.type', error).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

async function within<T>(span: OpenSpan, work: () => Promise<T>): Promise<T> {
  try {
    const result = await span.run(work);
    span.end({});
    return result;
  } catch (error) {
    span.end({ error: errorType(error) });
    throw error;
  }
}

function errorType(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

/** What the exporter has to say names the collector and may quote its answer; that it fails is enough. */
function reportFailures(onFailure: () => void): void {
  let last = Number.NEGATIVE_INFINITY;
  const report = (): void => {
    const now = performance.now();
    if (now - last < silenceMs) return;
    last = now;
    onFailure();
  };
  const ignore = (): void => undefined;
  diag.setLogger({ error: report, warn: report, info: ignore, debug: ignore, verbose: ignore });
}
