import type { Item } from '@latchkey/contract/schemas/item';
import type { ItemsSignerGrant } from '@latchkey/contract/schemas/signer';
import type { SignerOutcome } from './ask-signer.js';
import { SignerFailure, type SignerProblem } from './signer-problem.js';

/** An item whose URL a signer may have given. */
export interface ShownItem extends Item {
  /** Epoch milliseconds at which the URL of the signer dies. */
  readonly freshUntil?: number;
  /** Why there is no fresh URL where one is needed. */
  readonly signerProblem?: SignerProblem;
}

export interface SignerDesk {
  /** One token for each signer of the items; none for items without a signer. At most `batch` items. */
  readonly grantFor: (itemUuids: readonly string[]) => Promise<readonly ItemsSignerGrant[]>;
  readonly ask: (grant: ItemsSignerGrant) => Promise<ReadonlyMap<string, SignerOutcome>>;
  /** Lets the page load from where the fresh URLs are. */
  readonly allowOrigins: (integrationUuid: string, origins: readonly string[]) => Promise<void>;
  readonly now: () => number;
  readonly batch: number;
}

/** What dies sooner is signed anew before it is shown. */
const marginMs = 60_000;

const needsSigner = (url: string): boolean => !/^https?:/i.test(url);

/** Whether the URL, as it was registered, opens nothing or soon will not. */
export function needsFreshUrl({ signedUrl, expiresAt, expiryCertainty }: Item, now: number): boolean {
  if (signedUrl === null) return false;
  if (needsSigner(signedUrl) || expiryCertainty === null || expiryCertainty === 'malformed') return true;
  return expiresAt !== null && Date.parse(expiresAt) <= now + marginMs;
}

/** The items in their order, with URLs of their signers where these are needed; `all`: wherever there is a signer. */
export async function withFreshUrls(
  items: readonly Item[],
  desk: SignerDesk,
  all = false,
): Promise<ShownItem[]> {
  const wanted = items.filter((item) => (all ? item.signedUrl !== null : needsFreshUrl(item, desk.now())));
  const outcomes = new Map<string, SignerOutcome>();
  const batches = Array.from({ length: Math.ceil(wanted.length / desk.batch) }, (_, index) =>
    wanted.slice(index * desk.batch, (index + 1) * desk.batch),
  );
  for (const batch of batches) {
    const grants = await desk.grantFor(batch.map(({ uuid }) => uuid));
    for (const grant of grants)
      for (const [uuid, outcome] of await askForItems(grant, desk)) outcomes.set(uuid, outcome);
  }
  return items.map((item) => toShown(item, outcomes.get(item.uuid)));
}

async function askForItems(
  grant: ItemsSignerGrant,
  desk: SignerDesk,
): Promise<ReadonlyMap<string, SignerOutcome>> {
  try {
    const byObject = await desk.ask(grant);
    const urls = [...byObject.values()].flatMap((outcome) => ('url' in outcome ? outcome.url : []));
    await desk.allowOrigins(grant.integrationUuid, [...new Set(urls.map((url) => new URL(url).origin))]);
    return new Map(
      grant.items.flatMap(({ itemUuid, object }) => {
        const outcome = byObject.get(object);
        return outcome ? [[itemUuid, outcome] as const] : [];
      }),
    );
  } catch (error) {
    if (!(error instanceof SignerFailure)) throw error;
    const { problem } = error;
    return new Map(grant.items.map(({ itemUuid }) => [itemUuid, { problem }]));
  }
}

function toShown(item: Item, outcome: SignerOutcome | undefined): ShownItem {
  if (outcome && 'url' in outcome) return { ...item, signedUrl: outcome.url, freshUntil: outcome.freshUntil };
  if (outcome) return { ...item, signerProblem: outcome.problem };
  const isOpenable = item.signedUrl === null || !needsSigner(item.signedUrl);
  return isOpenable ? item : { ...item, signerProblem: { kind: 'no-signer' } };
}
