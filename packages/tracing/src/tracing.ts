/** What a span says. Names, counts, codes and ids; never a URL, a query, a secret, an e-mail address, or what users wrote. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A span that others are begun within. */
export interface OpenSpan {
  /** What the function begins, now or later, is within the span. */
  run<T>(work: () => T): T;
  end(outcome: { readonly attributes?: SpanAttributes; readonly error?: string }): void;
}

export interface Tracing {
  /** Of a request, in the trace that its header `traceparent` names. */
  openRequest(name: string, attributes: SpanAttributes, traceparent: string | undefined): OpenSpan;
  /** Runs the work in a span of its own, within the current one if there is one. */
  span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Like `span`; without a current span there is none: what runs again and again would be nothing but noise. */
  step<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** For lines of the log: ids of the current span. */
  ids(): Readonly<Record<string, string>>;
  /** Sends what is left. */
  close(): Promise<void>;
}

const noSpan: OpenSpan = { run: (work) => work(), end: () => undefined };

/** Nothing is traced, and nothing is loaded for it. */
export const noTracing: Tracing = {
  openRequest: () => noSpan,
  span: (_name, _attributes, work) => work(),
  step: (_name, _attributes, work) => work(),
  ids: () => ({}),
  close: () => Promise.resolve(),
};
