import { limits } from '@latchkey/contract/limits';
import { TextInput } from '@mantine/core';

interface SignerInputProps {
  readonly value: string;
  readonly onChange: (url: string) => void;
}

/** Where the browsers of the users get fresh URLs. */
export function SignerInput({ value, onChange }: SignerInputProps) {
  return (
    <TextInput
      label="Signer URL"
      description="A service of yours that signs URLs anew when they are opened: expired items open again, and manifests may list unsigned URLs (https, s3://, gs://, az://). Only the browsers of your users connect to it, never this server. Left empty, there is none."
      placeholder="https://signer.example.com/sign"
      type="url"
      spellCheck={false}
      maxLength={limits.signerUrlLength}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
