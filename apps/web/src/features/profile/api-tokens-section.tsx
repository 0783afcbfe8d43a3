import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiTokens } from '../../components/credentials/api-tokens.js';
import { ownCredentials } from './own-credentials.js';
import { Section } from './section.js';

export function ApiTokensSection() {
  const [isCreating, setCreating] = useState(false);
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
      <ApiTokens source={ownCredentials} isCreating={isCreating} onClose={() => setCreating(false)} />
    </Section>
  );
}
