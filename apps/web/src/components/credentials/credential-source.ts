import type { BodyOf, ResponseOf } from '@latchkey/contract/route';
import type {
  addSshKey,
  createApiToken,
  listApiTokens,
  listSshKeys,
} from '@latchkey/contract/routes/session';

/** Where the keys and tokens of a user are read and changed. */
export interface CredentialSource {
  /** Of its queries; `tokens` and `keys` follow. */
  readonly queryKey: readonly string[];
  readonly listTokens: (signal: AbortSignal) => Promise<ResponseOf<typeof listApiTokens>>;
  readonly createToken: (body: BodyOf<typeof createApiToken>) => Promise<ResponseOf<typeof createApiToken>>;
  readonly deleteToken: (tokenUuid: string) => Promise<unknown>;
  readonly listKeys: (signal: AbortSignal) => Promise<ResponseOf<typeof listSshKeys>>;
  readonly addKey: (body: BodyOf<typeof addSshKey>) => Promise<unknown>;
  readonly deleteKey: (keyUuid: string) => Promise<unknown>;
}

export const tokensKey = ({ queryKey }: CredentialSource): readonly string[] => [...queryKey, 'tokens'];
export const keysKey = ({ queryKey }: CredentialSource): readonly string[] => [...queryKey, 'keys'];
