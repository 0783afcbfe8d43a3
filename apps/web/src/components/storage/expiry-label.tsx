import type { Item } from '@latchkey/contract/schemas/item';
import { Text, Tooltip } from '@mantine/core';
import { describeExpiry, expiryColours } from './expiry.js';

/** `now` in milliseconds: a list passes one clock to all of its rows. */
export function ExpiryLabel({ item, now }: { readonly item: Item; readonly now: number }) {
  const { short, long, tone } = describeExpiry(item, now);
  const colour = expiryColours[tone];
  return (
    <Tooltip label={long} multiline maw={320} openDelay={300}>
      <Text span size="sm" truncate {...(colour && { c: colour })} {...(tone === 'expired' && { fw: 600 })}>
        {short}
      </Text>
    </Tooltip>
  );
}
