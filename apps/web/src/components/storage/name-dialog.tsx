import { limits } from '@latchkey/contract/limits';
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from '../error-notice.js';

export interface NameDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly onClose: () => void;
  readonly onSubmit: (values: { name: string; description: string }) => void;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly initialName?: string;
  /** Without it no description is asked for. */
  readonly initialDescription?: string;
  /** Fields of their own below the others. */
  readonly children?: ReactNode;
}

/** Asks for a name, and a description where there is one. Drawn only while it is open. */
export function NameDialog(props: NameDialogProps) {
  const [name, setName] = useState(props.initialName ?? '');
  const [description, setDescription] = useState(props.initialDescription ?? '');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) props.onSubmit({ name: name.trim(), description: description.trim() });
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={onSubmit}>
        <Stack>
          <TextInput
            label="Name"
            required
            maxLength={limits.titleLength}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          {props.initialDescription !== undefined && (
            <Textarea
              label="Description"
              autosize
              minRows={2}
              maxRows={8}
              maxLength={limits.descriptionLength}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          )}
          {props.children}
          <ErrorNotice error={props.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={props.isPending} disabled={!name.trim()}>
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
