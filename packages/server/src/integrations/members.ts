import { LatchkeyError } from '@latchkey/contract/errors';
import type { IntegrationMember, SetIntegrationMember } from '@latchkey/contract/schemas/integration';
import type { Executor } from '@latchkey/db/engine/executor';
import { type IntegrationMemberRow, listIntegrationMembers } from '@latchkey/db/integrations/reader';
import {
  deleteIntegrationMember,
  lockIntegration,
  upsertIntegrationMember,
} from '@latchkey/db/integrations/writer';
import { getUserByEmail } from '@latchkey/db/users/reader';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { isStorable } from '../http/stored-text.js';

export async function membersOf({ db }: AppContext, integrationId: string): Promise<IntegrationMember[]> {
  return (await listIntegrationMembers(db, integrationId)).map(toMember);
}

export async function setMember(
  { db }: AppContext,
  caller: Caller,
  integrationId: string,
  { userEmail, userRole }: SetIntegrationMember,
): Promise<IntegrationMember> {
  return db.transaction(async (tx) => {
    await mustLock(tx, integrationId);
    const email = userEmail.trim();
    const user = isStorable(email) ? await getUserByEmail(tx, email) : null;
    if (!user)
      throw new LatchkeyError(
        'user_not_found',
        'No user of this server has this e-mail address. An administrator of the organisation creates users.',
      );
    await upsertIntegrationMember(tx, integrationId, user.id, userRole);
    await mustHaveAdmin(tx, integrationId);
    const subject = { type: 'integration', id: integrationId } as const;
    await recordChange(tx, caller, 'integration.set-member', subject, { userUuid: user.id, userRole });
    return { userUuid: user.id, email: user.email, name: user.name, userRole };
  });
}

export async function removeMember(
  { db }: AppContext,
  caller: Caller,
  integrationId: string,
  userId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await mustLock(tx, integrationId);
    if (!(await deleteIntegrationMember(tx, integrationId, userId)))
      throw new LatchkeyError('user_not_found', 'The user is not a member of this integration.');
    await mustHaveAdmin(tx, integrationId);
    const subject = { type: 'integration', id: integrationId } as const;
    await recordChange(tx, caller, 'integration.remove-member', subject, { userUuid: userId });
  });
}

/** Two administrators who take each other away at the same time do not pass each other. */
async function mustLock(tx: Executor, integrationId: string): Promise<void> {
  if (!(await lockIntegration(tx, integrationId))) throw new LatchkeyError('integration_not_found');
}

async function mustHaveAdmin(tx: Executor, integrationId: string): Promise<void> {
  const members = await listIntegrationMembers(tx, integrationId);
  if (!members.some(({ role }) => role === 'admin')) throw new LatchkeyError('integration_last_admin');
}

const toMember = ({ user_id, email, name, role }: IntegrationMemberRow): IntegrationMember => ({
  userUuid: user_id,
  email,
  name,
  userRole: role,
});
