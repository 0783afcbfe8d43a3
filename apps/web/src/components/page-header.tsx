import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The h1 of a page, its document title, and the page's actions to the right. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <>
      <title>{`${title} - Latchkey`}</title>
      <Group justify="space-between" align="flex-start" mb="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {description && (
            <Text c="dimmed" mt={4} maw={720}>
              {description}
            </Text>
          )}
        </div>
        {actions}
      </Group>
    </>
  );
}
