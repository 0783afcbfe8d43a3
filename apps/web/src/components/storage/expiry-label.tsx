import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { describeExpiry, describeFolderExpiry, type ExpiryText, expiryColours } from './expiry.js';

const colours = Object.fromEntries(
  Object.entries(expiryColours).map(([tone, name]) => [
    tone,
    name === 'dimmed' ? 'var(--mantine-color-dimmed)' : name && `var(--mantine-color-${name}-text)`,
  ]),
);

/** `now` in milliseconds: a list passes one clock to all of its rows. Plain HTML, as a list draws many of them. */
export function ExpiryLabel({ item, now }: { readonly item: Item; readonly now: number }) {
  return <Label text={describeExpiry(item, now)} />;
}

/** Nothing for a folder whose URLs live on for a week. */
export function FolderExpiryLabel({ folder, now }: { readonly folder: Folder; readonly now: number }) {
  const text = describeFolderExpiry(folder, now);
  return text && <Label text={text} />;
}

function Label({ text: { short, long, tone } }: { readonly text: ExpiryText }) {
  return (
    <span title={long} style={{ color: colours[tone], fontWeight: tone === 'expired' ? 600 : undefined }}>
      {short}
    </span>
  );
}
