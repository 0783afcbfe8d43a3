import { Textarea } from '@mantine/core';

interface SetKeysInputProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problem: string | null;
}

/** Keys of client metadata with their new values, as JSON. */
export function SetKeysInput({ text, onChange, problem }: SetKeysInputProps) {
  return (
    <Textarea
      label="Keys to set"
      description="A JSON object. All other keys of the items stay as they are."
      placeholder={'{ "camera": "left", "reviewed": true }'}
      autosize
      minRows={4}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problem ?? undefined}
      data-autofocus
    />
  );
}
