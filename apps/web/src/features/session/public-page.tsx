import { Center, Group, Image, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The frame of the pages that need no session. */
export function PublicPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Center mih="100vh" p="md" component="main">
      <title>{`${title} - Latchkey`}</title>
      <Stack w={420} maw="100%">
        <Group gap="xs" justify="center">
          <Image src="/favicon.svg" alt="" w={30} h={30} />
          <Text fw={700} size="xl">
            Latchkey
          </Text>
        </Group>
        <Paper withBorder p="lg">
          <Title order={1} size="h3" mb="md">
            {title}
          </Title>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
