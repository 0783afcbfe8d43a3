import { finishSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { pathWithinApp } from './enter-app.js';
import { PublicPage } from './public-page.js';

/** Where the identity provider sends the browser back to, with an answer in the query that works once. */
export function CallbackPage() {
  const { search } = useLocation();
  // A query and not a mutation: an effect may run twice, and this is asked once.
  const finishing = useQuery({
    queryKey: ['single-sign-on', search],
    queryFn: ({ signal }) => transport.call(finishSingleSignOn, { body: { query: search }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const returnPath = finishing.data?.returnPath;
  useEffect(() => {
    // The address that was used up is not left in the history.
    if (returnPath !== undefined) window.location.replace(pathWithinApp(returnPath));
  }, [returnPath]);
  if (finishing.error)
    return (
      <PublicPage title="Sign in">
        <Stack>
          <ErrorNotice error={finishing.error} title="You are not signed in" />
          <Button component={Link} to="/sign-in" replace>
            Back to the sign-in page
          </Button>
        </Stack>
      </PublicPage>
    );
  return (
    <PublicPage title="Sign in">
      <Group role="status">
        <Loader size="sm" aria-hidden />
        <Text>Signing you in…</Text>
      </Group>
    </PublicPage>
  );
}
