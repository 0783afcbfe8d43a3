import { deleteApiToken, listApiTokens } from '@latchkey/contract/routes/session';
import { Button, Loader, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { CreateTokenDialog } from './create-token-dialog.js';
import { CredentialsTable } from './credentials-table.js';
import { Section } from './section.js';
import { TokenExpiry } from './token-expiry.js';

export function ApiTokensSection() {
  const [isCreating, setCreating] = useState(false);
  const tokens = useQuery({
    queryKey: ['api-tokens'],
    queryFn: async ({ signal }) => (await transport.call(listApiTokens, { signal })).result,
  });
  return (
    <Section
      title="API tokens"
      description="For scripts that send a bearer token instead of signing. A token may do all that you may do, or only read."
      action={
        <Button
          id="create-token"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setCreating(true)}
        >
          Create token
        </Button>
      }
    >
      <ErrorNotice error={tokens.error} title="The tokens could not be loaded" />
      {tokens.isPending && <Loader size="sm" aria-label="Loading the tokens" />}
      {tokens.data?.length === 0 && <Text size="sm">No tokens yet.</Text>}
      {tokens.data && tokens.data.length > 0 && (
        <CredentialsTable
          label="API tokens"
          queryKey="api-tokens"
          addButtonId="create-token"
          kind="token"
          detailHeading="Expires"
          rows={tokens.data.map((token) => ({
            ...token,
            title: token.scope === 'read' ? `${token.title} (read only)` : token.title,
            detail: <TokenExpiry expiresAt={token.expiresAt} />,
          }))}
          consequence="Scripts that use it are refused from now on."
          onDelete={(tokenUuid) => transport.call(deleteApiToken, { params: { tokenUuid } })}
        />
      )}
      <CreateTokenDialog opened={isCreating} onClose={() => setCreating(false)} />
    </Section>
  );
}
