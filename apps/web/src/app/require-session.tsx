import { Button, Container, Stack } from '@mantine/core';
import { Navigate, Outlet, useLocation } from 'react-router';
import { CenteredLoader } from '../components/centered-loader.js';
import { ErrorNotice } from '../components/error-notice.js';
import { useSession } from '../lib/session.js';

/** Lets only a signed-in user pass; sends everybody else to where they can become one. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.isPending) return <CenteredLoader label="Loading" height="100vh" />;
  if (!session.data)
    return (
      <Container size="sm" py="xl">
        <Stack align="start">
          <ErrorNotice error={session.error} />
          <Button onClick={() => void session.refetch()}>Try again</Button>
        </Stack>
      </Container>
    );
  if (!session.data.isSetUp) return <Navigate to="/setup" replace />;
  if (!session.data.user) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  return <Outlet />;
}
