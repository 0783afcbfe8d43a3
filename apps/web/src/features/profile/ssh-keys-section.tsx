import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { SshKeys } from '../../components/credentials/ssh-keys.js';
import { ownCredentials } from './own-credentials.js';
import { Section } from './section.js';

export function SshKeysSection() {
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="SSH keys"
      description="The Python client and the command line sign requests with the private key; only the public key is stored here."
      action={
        <Button
          id="add-ssh-key"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add SSH key
        </Button>
      }
    >
      <SshKeys source={ownCredentials} isAdding={isAdding} onClose={() => setAdding(false)} />
    </Section>
  );
}
