import { LatchkeyError } from '@latchkey/contract/errors';
import type { EnrolledSecondFactor, SecondFactor } from '@latchkey/contract/schemas/second-factor';
import type { Executor } from '@latchkey/db/engine/executor';
import { getSecondFactor, type SecondFactorRow } from '@latchkey/db/second-factors/reader';
import {
  deleteRecoveryCodes,
  deleteSecondFactor,
  enableSecondFactor,
  insertRecoveryCodes,
  takeStep,
  upsertPendingSecondFactor,
  useRecoveryCode,
} from '@latchkey/db/second-factors/writer';
import { parse as uuidBytes } from 'uuid';
import { holdSecretKey } from '../access/hold-secret-key.js';
import { seal, unseal } from '../access/seal.js';
import type { AttemptLimiter } from '../auth/attempt-limiter.js';
import { tokenHash } from '../auth/secrets.js';
import type { AppContext, Caller } from '../context.js';
import { mustBeOwnPassword } from '../sessions/service.js';
import { enrolmentUri, isTimeCode, newRecoveryCodes, newSecret, plainCode, stepOf } from './codes.js';

export type CodeKind = 'code' | 'recoveryCode';

/** What a secret is sealed for. */
const bindingOf = (userId: string): Buffer => Buffer.from(uuidBytes(userId));

export async function describeSecondFactor({ db }: AppContext, userId: string): Promise<SecondFactor> {
  const row = await getSecondFactor(db, userId);
  const enabledAt = row?.enabled_at?.toISOString() ?? null;
  return {
    isEnabled: enabledAt !== null,
    enabledAt,
    recoveryCodesLeft: row?.recovery_codes_left ?? 0,
  };
}

/** Throws `wrong_password` and `second_factor_enabled`. */
export async function enrol(
  context: AppContext,
  caller: Caller,
  password: string,
): Promise<EnrolledSecondFactor> {
  await mustBeOwnPassword(context, caller, password);
  const secret = newSecret();
  await context.db.transaction(async (tx) => {
    await holdSecretKey(tx, context);
    const sealed = seal(context.secretKeys, bindingOf(caller.userId), secret);
    if (!(await upsertPendingSecondFactor(tx, caller.userId, sealed)))
      throw new LatchkeyError('second_factor_enabled');
  });
  return { secret, uri: enrolmentUri(secret, caller.email) };
}

/** Answers the recovery codes. Throws `second_factor_not_found`, `second_factor_enabled` and `wrong_code`. */
export async function enable(context: AppContext, caller: Caller, code: string): Promise<string[]> {
  const { userId } = caller;
  const row = await getSecondFactor(context.db, userId);
  if (!row) throw new LatchkeyError('second_factor_not_found');
  if (row.enabled_at) throw new LatchkeyError('second_factor_enabled');
  const step = stepOf(secretOf(context, userId, row), plainCode(code), context.now());
  if (step === null) throw new LatchkeyError('wrong_code');
  return context.db.transaction(async (tx) => {
    if (!(await enableSecondFactor(tx, userId, step))) throw new LatchkeyError('second_factor_enabled');
    return replaceRecoveryCodes(tx, userId);
  });
}

/** Throws `second_factor_not_found` and `wrong_code`. */
export async function renewRecoveryCodes(
  context: AppContext,
  { userId }: Caller,
  code: string,
): Promise<string[]> {
  await mustBeCode(context, userId, await mustBeEnabled(context, userId), code);
  return context.db.transaction((tx) => replaceRecoveryCodes(tx, userId));
}

/** Throws `second_factor_not_found` and `wrong_code`. */
export async function disable(context: AppContext, { userId }: Caller, code: string): Promise<void> {
  await mustBeCode(context, userId, await mustBeEnabled(context, userId), code);
  await deleteSecondFactor(context.db, userId);
}

/**
 * For whoever has given the right password: null where the user has no second factor. Throws `second_factor_required`
 * without a code and `wrong_code`; wrong codes are counted by user, wherever they come from.
 */
export async function passSecondFactor(
  context: AppContext,
  attempts: AttemptLimiter,
  userId: string,
  code: string | undefined,
): Promise<CodeKind | null> {
  const row = await getSecondFactor(context.db, userId);
  if (!row?.enabled_at) return null;
  if (code === undefined) throw new LatchkeyError('second_factor_required');
  attempts.begin(userId);
  const kind = await mustBeCode(context, userId, row, code);
  attempts.succeeded(userId);
  return kind;
}

async function mustBeEnabled({ db }: AppContext, userId: string): Promise<SecondFactorRow> {
  const row = await getSecondFactor(db, userId);
  if (!row?.enabled_at) throw new LatchkeyError('second_factor_not_found');
  return row;
}

/** Uses the code up. */
async function mustBeCode(
  context: AppContext,
  userId: string,
  row: SecondFactorRow,
  code: string,
): Promise<CodeKind> {
  const plain = plainCode(code);
  if (!isTimeCode(plain)) {
    if (await useRecoveryCode(context.db, userId, tokenHash(plain))) return 'recoveryCode';
    throw new LatchkeyError('wrong_code');
  }
  const step = stepOf(secretOf(context, userId, row), plain, context.now());
  if (step === null || !(await takeStep(context.db, userId, step))) throw new LatchkeyError('wrong_code');
  return 'code';
}

const secretOf = ({ secretKeys }: AppContext, userId: string, row: SecondFactorRow): string =>
  unseal(secretKeys, bindingOf(userId), row.secret_sealed);

async function replaceRecoveryCodes(tx: Executor, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await deleteRecoveryCodes(tx, userId);
  await insertRecoveryCodes(
    tx,
    userId,
    codes.map((code) => tokenHash(plainCode(code))),
  );
  return codes;
}
