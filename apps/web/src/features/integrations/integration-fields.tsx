import { limits } from '@latchkey/contract/limits';
import { Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { hostProblem, hostsOfLines } from './hosts.js';

export function TitleInput({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (title: string) => void;
}) {
  return (
    <TextInput
      label="Title"
      description="The Python client and the command line find the integration by it."
      required
      data-autofocus
      maxLength={limits.integrationTitleLength}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What strict client-only access gives and what it costs. */
export function StrictExplanation() {
  return (
    <Stack gap={4}>
      <Text size="sm">
        The server never connects to your storage: only the browsers of your users do. This costs the media
        features of the server:
      </Text>
      <Text size="sm" component="ul" my={0} pl="lg">
        <li>The manifest must carry the media metadata (size, type, dimensions, duration) of every file.</li>
        <li>The server makes no thumbnails.</li>
        <li>The server converts nothing.</li>
      </Text>
    </Stack>
  );
}

export function StrictCheckbox({
  checked,
  onChange,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <Stack gap={6}>
      <Checkbox
        label="Strict client-only access"
        checked={checked}
        aria-describedby="strict-explanation"
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div id="strict-explanation">
        <StrictExplanation />
      </div>
    </Stack>
  );
}

/** The first thing wrong with the lines, or null. */
export function hostsProblem(lines: string): string | null {
  const hosts = hostsOfLines(lines);
  if (hosts.length > limits.allowedHosts) return `At most ${limits.allowedHosts} hosts.`;
  for (const host of hosts) {
    const problem = hostProblem(host);
    if (problem) return problem;
  }
  return null;
}

export function HostsInput({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (lines: string) => void;
}) {
  return (
    <Textarea
      label="Allowed hosts"
      description="One a line, for example bucket.s3.eu-west-2.amazonaws.com or *.example.com. Left empty, any host is allowed."
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      value={value}
      error={hostsProblem(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
