import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../error-notice.js';
import { type CredentialSource, keysKey } from './credential-source.js';
import { keyComment, publicKeyProblem } from './public-key.js';

export function AddSshKeyDialog({
  source,
  opened,
  onClose,
}: {
  readonly source: CredentialSource;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add SSH key"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <AddSshKeyForm source={source} onClose={onClose} />
    </Modal>
  );
}

function AddSshKeyForm({
  source,
  onClose,
}: {
  readonly source: CredentialSource;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const addition = useMutation({
    mutationFn: () => source.addKey({ title: title.trim(), publicKey: publicKey.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keysKey(source) });
      onClose();
    },
  });
  const problem = publicKeyProblem(publicKey);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === null) addition.mutate();
  };
  const paste = (text: string) => {
    setPublicKey(text);
    if (title === '') setTitle(keyComment(text));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          label="Public key"
          description="Ed25519, in OpenSSH form: ssh-ed25519 AAAA..."
          required
          data-autofocus
          autosize
          minRows={3}
          maxLength={10_000}
          spellCheck={false}
          value={publicKey}
          error={problem}
          onChange={(event) => paste(event.currentTarget.value)}
        />
        <TextInput
          label="Title"
          required
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <ErrorNotice error={addition.error} title="The key was not added" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={addition.isPending}
            disabled={title.trim() === '' || problem !== null}
          >
            Add SSH key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
