import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';

/** Opens the object itself, straight from the storage. */
export function ObjectLink({ url }: { readonly url: string }) {
  // What only names an object in a store, such as s3://bucket/key, opens nothing.
  if (!/^https?:/i.test(url)) return null;
  return (
    <Button
      component="a"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      variant="default"
      size="xs"
      leftSection={<IconExternalLink size={16} aria-hidden />}
    >
      Open or download from the storage
    </Button>
  );
}
