import type { Database } from '@latchkey/db/engine/executor';
import { ObservedDatabase } from '@latchkey/db/engine/observed-database';
import { noTracing, type Tracing } from '@latchkey/tracing/tracing';

/** Each statement of something that is traced is a span with its name; neither its text nor its values are told. */
export function tracedDatabase(db: Database, tracing: Tracing): Database {
  if (tracing === noTracing) return db;
  const attributes = { 'db.system.name': 'postgresql', 'latchkey.engine': db.engine };
  return new ObservedDatabase(db, (name, work) => tracing.step(name, attributes, work));
}
