import { noTracing, type Tracing } from '@latchkey/tracing/tracing';
import { type Logger, pino } from 'pino';

/** Requests are logged by path: a query may hold a token, and a signed URL never reaches a log. */
export function createLogger(level: string, tracing: Tracing = noTracing): Logger {
  return pino({
    level,
    ...(tracing !== noTracing && { mixin: () => tracing.ids() }),
    serializers: {
      req: (request: { method?: string; url?: string; id?: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (reply: { statusCode?: number }) => ({ statusCode: reply.statusCode }),
      err: pino.stdSerializers.err,
    },
  });
}
