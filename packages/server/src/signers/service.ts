import { LatchkeyError } from '@latchkey/contract/errors';
import type { ItemsSignerGrant, SignerGrant } from '@latchkey/contract/schemas/signer';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { listSigners, type SignerRow } from '@latchkey/db/integrations/reader';
import type { ItemRow } from '@latchkey/db/items/reader';
import { compileGateways, type GatewayRules } from '@latchkey/locator/gateways';
import { locate } from '@latchkey/locator/locate';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveItems } from '../access/authorise-many.js';
import { wholeUrl } from '../access/object-urls.js';
import { aboutItems } from '../audit/about-items.js';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';
import { readItemRows } from '../items/service.js';
import { makeGrant } from './grant.js';

/** One token for each signer of the items, in the audit log before it leaves. Throws `item_not_found`. */
export async function grantForItems(
  context: AppContext,
  caller: Caller,
  itemUuids: readonly string[],
  origin: string,
): Promise<ItemsSignerGrant[]> {
  const ids = [...new Set(itemUuids.map((uuid) => toUuid(uuid, 'itemUuids')))];
  await mustHaveItems(context.db, caller, ids, 'viewer');
  const rows = (await readItemRows(context, ids, true)).filter(({ url_head }) => url_head !== null);
  const integrations = new Set(rows.flatMap(({ integration_id }) => integration_id ?? []));
  const signers = await listSigners(context.db, [...integrations]);
  const grants: ItemsSignerGrant[] = [];
  for (const signer of signers) {
    const own = rows.filter(({ integration_id }) => integration_id === signer.id);
    grants.push(await grantForRows(context, caller, signer, own, origin));
  }
  return grants;
}

async function grantForRows(
  context: AppContext,
  caller: Caller,
  signer: SignerRow,
  rows: readonly ItemRow[],
  origin: string,
): Promise<ItemsSignerGrant> {
  const gateways = compileGateways(signer.gateways);
  const items = rows.map((row) => ({
    itemUuid: row.id,
    object: identityOf(wholeUrl(context.secretKeys, row), gateways),
  }));
  const objects = [...new Set(items.map(({ object }) => object))];
  const { grant, tokenId } = await makeGrant(context, { caller, signer, objects, origin });
  await insertAuditEntries(context.db, [
    aboutItems(caller.userId, 'item.signerToken.handOut', rows, { tokenId }),
  ]);
  return { ...grant, items };
}

/** For an admin who tries the signer. Throws `integration_without_signer` and `invalid_request`. */
export async function grantForTest(
  context: AppContext,
  caller: Caller,
  integrationId: string,
  objectUrls: readonly string[],
  origin: string,
): Promise<SignerGrant> {
  const [signer] = await listSigners(context.db, [integrationId]);
  if (!signer) throw new LatchkeyError('integration_without_signer');
  const gateways = compileGateways(signer.gateways);
  const objects = [...new Set(objectUrls.map((url) => identityOf(url, gateways)))];
  const { grant, tokenId } = await makeGrant(context, { caller, signer, objects, origin });
  await insertAuditEntries(context.db, [
    {
      id: uuidv7(),
      userId: caller.userId,
      action: 'integration.signerToken.handOut',
      subjectType: 'integration',
      subjectId: integrationId,
      details: { tokenId, objectCount: objects.length },
    },
  ]);
  return grant;
}

/** Of an object behind a gateway that in its bucket. The text of a refused URL stays out of the message: it may be signed. */
function identityOf(objectUrl: string, gateways: GatewayRules): string {
  const located = locate(objectUrl, gateways);
  if (located.ok) return located.url.identity;
  throw new LatchkeyError(
    'invalid_request',
    `An object URL is not valid (${located.problem}). Write it as s3://bucket/key or as the https URL of the object.`,
    { details: { place: 'body', field: 'objectUrls' } },
  );
}
