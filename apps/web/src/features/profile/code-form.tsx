import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';

interface CodeFormProps {
  readonly children: ReactNode;
  readonly submitLabel: string;
  /** Says that nothing was done. */
  readonly errorTitle: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (code: string) => void;
  readonly onClose: () => void;
}

/** Asks for a code of the authenticator app. */
export function CodeForm(props: CodeFormProps) {
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit(code.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {props.children}
        <TextInput
          label="Code"
          required
          data-autofocus
          autoComplete="one-time-code"
          minLength={6}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ErrorNotice error={props.error} title={props.errorTitle} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={props.isPending}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
