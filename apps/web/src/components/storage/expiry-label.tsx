import type { Item } from '@latchkey/contract/schemas/item';
import { describeExpiry, expiryColours } from './expiry.js';

const colours = Object.fromEntries(
  Object.entries(expiryColours).map(([tone, name]) => [
    tone,
    name === 'dimmed' ? 'var(--mantine-color-dimmed)' : name && `var(--mantine-color-${name}-text)`,
  ]),
);

/** `now` in milliseconds: a list passes one clock to all of its rows. Plain HTML, as a list draws many of them. */
export function ExpiryLabel({ item, now }: { readonly item: Item; readonly now: number }) {
  const { short, long, tone } = describeExpiry(item, now);
  return (
    <span title={long} style={{ color: colours[tone], fontWeight: tone === 'expired' ? 600 : undefined }}>
      {short}
    </span>
  );
}
