import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChangePasswordDialog } from './change-password-dialog.js';
import { Section } from './section.js';

export function PasswordSection() {
  const [isChanging, setChanging] = useState(false);
  return (
    <Section
      title="Password"
      description="Signs you in to the web app. The Python client and the command line use SSH keys or tokens."
      action={
        <Button
          id="change-password"
          variant="default"
          style={{ flexShrink: 0 }}
          onClick={() => setChanging(true)}
        >
          Change password
        </Button>
      }
    >
      <ChangePasswordDialog opened={isChanging} onClose={() => setChanging(false)} />
    </Section>
  );
}
