import { Button, Container, Group, Stack } from '@mantine/core';
import { useRouteError } from 'react-router';
import { ErrorNotice } from '../components/error-notice.js';
import { PageHeader } from '../components/page-header.js';

/** What a page shows instead of itself when it could not be drawn. */
export function RouteError() {
  const error = useRouteError();
  return (
    <Container size="sm" py="xl">
      <PageHeader title="This page could not be shown" />
      <Stack>
        <ErrorNotice error={error} />
        <Group>
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
          <Button variant="default" component="a" href="/">
            Go to the start page
          </Button>
        </Group>
      </Stack>
    </Container>
  );
}
