import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../error-notice.js';
import { CreateTokenDialog } from './create-token-dialog.js';
import { type CredentialSource, tokensKey } from './credential-source.js';
import { CredentialsTable } from './credentials-table.js';
import { TokenExpiry } from './token-expiry.js';

interface Props {
  readonly source: CredentialSource;
  /** The button that opens the dialog has the id `create-token`. */
  readonly isCreating: boolean;
  readonly onClose: () => void;
}

export function ApiTokens({ source, isCreating, onClose }: Props) {
  const tokens = useQuery({
    queryKey: tokensKey(source),
    queryFn: async ({ signal }) => (await source.listTokens(signal)).result,
  });
  return (
    <>
      <ErrorNotice error={tokens.error} title="The tokens could not be loaded" />
      {tokens.isPending && <Loader size="sm" aria-label="Loading the tokens" />}
      {tokens.data?.length === 0 && <Text size="sm">No tokens yet.</Text>}
      {tokens.data && tokens.data.length > 0 && (
        <CredentialsTable
          label="API tokens"
          queryKey={tokensKey(source)}
          addButtonId="create-token"
          kind="token"
          detailHeading="Expires"
          rows={tokens.data.map((token) => ({
            ...token,
            title: token.scope === 'read' ? `${token.title} (read only)` : token.title,
            detail: <TokenExpiry expiresAt={token.expiresAt} />,
          }))}
          consequence="Scripts that use it are refused from now on."
          onDelete={source.deleteToken}
        />
      )}
      <CreateTokenDialog source={source} opened={isCreating} onClose={onClose} />
    </>
  );
}
