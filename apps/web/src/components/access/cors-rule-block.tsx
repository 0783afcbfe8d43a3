import { type CorsRule, corsProviderNames } from '@latchkey/doctor/cors-rule';
import { Button, Code, CopyButton, List, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** How to add a CORS rule to a bucket, ready to copy. */
export function CorsRuleBlock({ rule }: { readonly rule: CorsRule }) {
  return (
    <Stack gap="xs" mt="xs">
      <Text size="sm" fw={600}>
        {corsProviderNames[rule.provider]}
      </Text>
      <List type="ordered" size="sm" spacing={4}>
        {rule.steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      <CopyableText text={rule.text} label="Copy the rule" />
      {rule.command !== rule.text && (
        <>
          <Text size="sm">On the command line:</Text>
          <CopyableText text={rule.command} label="Copy the command" />
        </>
      )}
    </Stack>
  );
}

function CopyableText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <Stack gap={6}>
      <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <div>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : label}
            </Button>
          )}
        </CopyButton>
      </div>
    </Stack>
  );
}
