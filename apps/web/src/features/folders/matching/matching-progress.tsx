import type { MatchingCount } from '@latchkey/contract/schemas/matching';
import { Progress, Stack, Text } from '@mantine/core';
import { countOf, formatCount } from '../../../lib/format.js';

/** `12,345 items`, or `more than 2,000 items`. */
export const countText = ({ itemsCount, isExact }: MatchingCount): string =>
  `${isExact ? '' : 'more than '}${countOf(itemsCount, 'item')}`;

interface MatchingProgressProps {
  /** `moved`. */
  readonly done: string;
  readonly count: MatchingCount;
  readonly doneCount: number;
}

export function MatchingProgress({ done, count, doneCount }: MatchingProgressProps) {
  const percent = count.isExact && count.itemsCount > 0 ? (100 * doneCount) / count.itemsCount : 100;
  return (
    <Stack gap={4}>
      <Progress value={percent} animated aria-label={`Items ${done}`} />
      <Text size="sm" role="status">
        {formatCount(doneCount)} {done} so far. What is {done} stays so when you stop.
      </Text>
    </Stack>
  );
}
