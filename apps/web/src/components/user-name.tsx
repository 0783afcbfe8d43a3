import { Text } from '@mantine/core';

/** The name of a user above the e-mail address, or the address alone. */
export function UserName({ name, email }: { readonly name: string; readonly email: string }) {
  return (
    <>
      {name || email}
      {name !== '' && (
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      )}
    </>
  );
}
