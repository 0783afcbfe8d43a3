import { Button, Group, Stack } from '@mantine/core';
import { IconRefresh, IconStethoscope } from '@tabler/icons-react';
import { Link } from 'react-router';
import { VerdictNotice } from '../../../components/access/verdict-notice.js';
import { ErrorNotice } from '../../../components/error-notice.js';
import { SignerNotice } from '../../../components/signer-notice.js';
import { ObjectLink } from '../object-link.js';
import type { Problem } from '../use-viewing.js';

interface FailureNoticeProps {
  readonly problem: Problem;
  readonly url: string;
  readonly onRetry: () => void;
  /** Of an item that has a URL of its own, for the checks one by one. */
  readonly itemUuid?: string;
}

export function FailureNotice({ problem, url, onRetry, itemUuid }: FailureNoticeProps) {
  return (
    <Stack>
      {'failure' in problem && <VerdictNotice verdict={problem.failure} url={url} />}
      {'signerProblem' in problem && <SignerNotice problem={problem.signerProblem} />}
      {'error' in problem && <ErrorNotice error={problem.error} title="No fresh URL could be fetched" />}
      <Group>
        <Button size="xs" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
        <ObjectLink url={url} />
        {itemUuid !== undefined && (
          <Button
            component={Link}
            to={`/access?item=${itemUuid}`}
            size="xs"
            variant="default"
            leftSection={<IconStethoscope size={16} aria-hidden />}
          >
            Check the access
          </Button>
        )}
      </Group>
    </Stack>
  );
}
