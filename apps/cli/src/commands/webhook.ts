import { limits } from '@latchkey/contract/limits';
import {
  type Webhook,
  type WebhookDelivery,
  type WebhookEventType,
  webhookEventTypes,
} from '@latchkey/contract/schemas/webhook';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { readCount } from '../read-count.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface Options extends ServerOptions {
  readonly json: boolean;
}

const shownByDefault = 20;

export function addWebhookCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const parent = program
    .command('webhook')
    .description('URLs that are told of jobs, expiring items and integrations; for organisation admins');
  addList(parent, context);
  addAdd(parent, context);
  addTest(parent, context, finish);
  addDeliveries(parent, context);
  addRotate(parent, context);
  addRemove(parent, context);
}

const subcommand = (parent: Command, usage: string, description: string): Command =>
  withServerOptions(parent.command(usage).description(description)).option(
    '--json',
    'print JSON and nothing else',
    false,
  );

function addList(parent: Command, context: CommandContext): void {
  subcommand(parent, 'list', 'list the webhooks').action(async (options: Options) => {
    const webhooks = await clientOf(options, context).webhooks.list();
    if (options.json) context.print(JSON.stringify(webhooks));
    else if (webhooks.length === 0) context.note('There is no webhook.');
    else for (const webhook of webhooks) context.print(webhookLine(webhook));
  });
}

function webhookLine({ webhookUuid, url, events, isEnabled, failingSince, pendingCount }: Webhook): string {
  const failing = failingSince === null ? '' : `, failing since ${failingSince}`;
  const waiting = pendingCount === 0 ? '' : `, ${pendingCount} waiting`;
  return `${webhookUuid}  ${isEnabled ? 'on' : 'off'}${failing}${waiting}  ${url}  ${events.join(',')}`;
}

function addAdd(parent: Command, context: CommandContext): void {
  subcommand(parent, 'add <url>', 'send events to a URL; prints the secret, this once')
    .addOption(
      new Option('--event <type...>', 'only these events')
        .choices(webhookEventTypes)
        .default([...webhookEventTypes]),
    )
    .option('--description <text>', 'what it is for')
    .action(async (url: string, options: Options & { event: WebhookEventType[]; description?: string }) => {
      const { event: events, description } = options;
      const webhook = await clientOf(options, context).webhooks.create({
        url,
        events: [...new Set(events)],
        ...(description !== undefined && { description }),
      });
      if (options.json) return context.print(JSON.stringify(webhook));
      context.print(`Webhook ${webhook.webhookUuid}`);
      context.print(`Secret, which is not shown again: ${webhook.secret}`);
    });
}

function addTest(parent: Command, context: CommandContext, finish: (exitCode: ExitCode) => void): void {
  subcommand(parent, 'test <webhook-uuid>', 'send a test now; exit code 1 if it is not taken').action(
    async (webhookUuid: string, options: Options) => {
      const delivery = await clientOf(options, context).webhooks.test(webhookUuid);
      context.print(options.json ? JSON.stringify(delivery) : deliveryLine(delivery));
      finish(delivery.status === 'delivered' ? exitCodes.success : exitCodes.testNotTaken);
    },
  );
}

function addDeliveries(parent: Command, context: CommandContext): void {
  subcommand(parent, 'deliveries <webhook-uuid>', 'what was sent or waits to be, newest first')
    .addOption(new Option('--status <status>', 'only these').choices(['pending', 'delivered', 'failed']))
    .option('--limit <n>', 'at most so many', readCount, shownByDefault)
    .option('--redeliver <delivery-uuid>', 'send this one again instead')
    .action(async (webhookUuid: string, options: DeliveriesOptions) => {
      const { webhooks } = clientOf(options, context);
      const print = (delivery: WebhookDelivery): void =>
        context.print(options.json ? JSON.stringify(delivery) : deliveryLine(delivery));
      if (options.redeliver !== undefined)
        return print(await webhooks.redeliver(webhookUuid, options.redeliver));
      let left = options.limit;
      for await (const delivery of webhooks.deliveries(webhookUuid, statusOf(options))) {
        print(delivery);
        left -= 1;
        if (left === 0) break;
      }
      if (left === options.limit) context.note('There is no such delivery.');
    });
}

interface DeliveriesOptions extends Options {
  readonly status?: WebhookDelivery['status'];
  readonly limit: number;
  readonly redeliver?: string;
}

const statusOf = ({ status }: DeliveriesOptions) => (status === undefined ? {} : { status });

function deliveryLine(delivery: WebhookDelivery): string {
  const { deliveryUuid, createdAt, eventType, status, attemptsCount, responseStatus, error } = delivery;
  const answer = error ?? (responseStatus === null ? '' : `answered ${responseStatus}`);
  const next = delivery.nextAttemptAt === null ? '' : ` Next attempt ${delivery.nextAttemptAt}.`;
  return `${deliveryUuid}  ${createdAt}  ${eventType}  ${status} after ${attemptsCount}  ${answer}${next}`;
}

function addRotate(parent: Command, context: CommandContext): void {
  subcommand(parent, 'rotate-secret <webhook-uuid>', 'a new secret, which is printed this once')
    .option('--overlap-hours <n>', 'so long the former one signs as well', readOverlap, 24)
    .action(async (webhookUuid: string, options: Options & { overlapHours: number }) => {
      const rotated = await clientOf(options, context).webhooks.rotateSecret(
        webhookUuid,
        options.overlapHours,
      );
      if (options.json) return context.print(JSON.stringify(rotated));
      context.print(`Secret, which is not shown again: ${rotated.secret}`);
      if (rotated.previousSignsUntil !== null)
        context.print(`The former one signs as well until ${rotated.previousSignsUntil}.`);
    });
}

function readOverlap(text: string): number {
  const hours = Number(text);
  if (/^\d{1,3}$/.test(text) && hours <= limits.webhookOverlapHours) return hours;
  throw new InvalidArgumentError(`Give a whole number of hours from 0 to ${limits.webhookOverlapHours}.`);
}

function addRemove(parent: Command, context: CommandContext): void {
  subcommand(parent, 'remove <webhook-uuid>', 'delete it with its deliveries').action(
    async (webhookUuid: string, options: Options) => {
      await clientOf(options, context).webhooks.delete(webhookUuid);
      context.print(options.json ? JSON.stringify({ webhookUuid }) : `Webhook ${webhookUuid} is deleted.`);
    },
  );
}
