import { corsRuleFor } from '@latchkey/doctor/cors-rule';
import type { Verdict } from '@latchkey/doctor/failure';
import { failureText, isMendedByCorsRule } from '@latchkey/doctor/failure-text';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { formatDateTime } from '../../lib/format.js';
import { CorsRuleBlock } from './cors-rule-block.js';

/** What was found about the access to an object, and what to do about it. */
export function VerdictNotice({ verdict, url }: { readonly verdict: Verdict; readonly url: string }) {
  const host = URL.parse(url)?.host || 'The storage';
  const text = failureText(verdict, { host, formatTime: formatDateTime });
  const isFine = verdict.kind === 'fine';
  const Icon = isFine ? IconCircleCheck : IconAlertTriangle;
  return (
    <Alert
      color={isFine ? 'green' : 'red'}
      role={isFine ? 'status' : 'alert'}
      title={text.title}
      icon={<Icon aria-hidden />}
      data-failure={verdict.kind}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text.what}
      </Text>
      {!isFine && (
        <Text size="sm" mt={4}>
          {text.whatToDo}
        </Text>
      )}
      {isMendedByCorsRule(verdict) && <CorsRuleBlock rule={corsRuleFor(url, location.origin)} />}
    </Alert>
  );
}
