import { type Command, InvalidArgumentError } from 'commander';
import { type ServerOptions, withServerOptions } from '../server-options.js';

export interface AuditFilterOptions extends ServerOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly after?: string;
  readonly before?: string;
}

export function withAuditFilters(command: Command): Command {
  return withServerOptions(
    command
      .option('--actor <email-or-uuid>', 'only what this user did')
      .option('--action <action>', 'only this, such as item.url.handOut')
      .option('--subject <uuid>', 'only what is about this item, folder, integration, job or user')
      .option('--after <moment>', 'only from then on', readMoment)
      .option('--before <moment>', 'only earlier', readMoment),
  );
}

function readMoment(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('Give a moment such as 2026-03-01T12:00:00Z.');
  return moment.toISOString();
}

/** The filters that are given. */
export function filtersOf({ actor, action, subject, after, before }: AuditFilterOptions) {
  return {
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(subject !== undefined && { subject }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  };
}
