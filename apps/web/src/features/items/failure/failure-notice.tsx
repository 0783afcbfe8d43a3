import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { ObjectLink } from '../object-link.js';
import type { Problem } from '../use-viewing.js';
import { corsRule } from './cors-rule.js';
import type { Failure } from './diagnose.js';
import { failureText } from './failure-text.js';

interface FailureNoticeProps {
  readonly problem: Problem;
  readonly url: string;
  readonly onRetry: () => void;
}

export function FailureNotice({ problem, url, onRetry }: FailureNoticeProps) {
  return (
    <Stack>
      {'failure' in problem ? (
        <Diagnosis failure={problem.failure} url={url} />
      ) : (
        <ErrorNotice error={problem.error} title="No fresh URL could be fetched" />
      )}
      <Group>
        <Button size="xs" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
        <ObjectLink url={url} />
      </Group>
    </Stack>
  );
}

/** What a failure is, and what to do about it. */
export function Diagnosis({ failure, url }: { failure: Failure; url: string }) {
  const text = failureText(failure, URL.parse(url)?.host ?? 'The storage');
  return (
    <Alert
      color="red"
      role="alert"
      title={text.title}
      icon={<IconAlertTriangle aria-hidden />}
      data-failure={failure.kind}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text.what}
      </Text>
      <Text size="sm" mt={4}>
        {text.whatToDo}
      </Text>
      {failure.kind === 'no-cors' && <CorsRuleBlock url={url} />}
    </Alert>
  );
}

function CorsRuleBlock({ url }: { url: string }) {
  const rule = corsRule(url, location.origin);
  return (
    <Stack gap={6} mt="xs">
      <Text size="xs" c="dimmed">
        {rule.where}
      </Text>
      <Code block tabIndex={0}>
        {rule.text}
      </Code>
      <div>
        <CopyButton value={rule.text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy the rule'}
            </Button>
          )}
        </CopyButton>
      </div>
    </Stack>
  );
}
