import { Textarea } from '@mantine/core';
import { gatewaysProblem } from './gateway-lines.js';

interface GatewaysInputProps {
  readonly value: string;
  readonly onChange: (lines: string) => void;
}

/** Addresses that serve objects without signatures, and the buckets that they stand for. */
export function GatewaysInput({ value, onChange }: GatewaysInputProps) {
  return (
    <Textarea
      label="Gateways"
      description="Addresses of yours that serve objects without signatures, one a line. Their URLs are allowed and never expire. Write the bucket behind the address, and an object is the same under the gateway's URL and under a signed URL of the bucket. The bucket can be changed only while no item has a URL of the gateway."
      placeholder="https://data.example.com/ s3://bucket/prefix/"
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      value={value}
      error={gatewaysProblem(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
