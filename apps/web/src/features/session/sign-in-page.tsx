import { Divider, Stack } from '@mantine/core';
import { Navigate, useSearchParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useSession } from '../../lib/session.js';
import { useSignInMethods } from '../../lib/sign-in-methods.js';
import { pathWithinApp } from './enter-app.js';
import { PasskeySignIn } from './passkey-sign-in.js';
import { PublicPage } from './public-page.js';
import { SignInForm } from './sign-in-form.js';
import { SingleSignOnButton } from './single-sign-on-button.js';

export function SignInPage() {
  const session = useSession();
  const methods = useSignInMethods();
  const next = useSearchParams()[0].get('next');
  if (session.isPending || methods.isPending) return <CenteredLoader label="Loading" height="100vh" />;
  if (session.data?.user) return <Navigate to={pathWithinApp(next)} replace />;
  if (session.data && !session.data.isSetUp) return <Navigate to="/setup" replace />;
  return (
    <PublicPage title="Sign in">
      <Stack>
        <ErrorNotice error={session.error ?? methods.error} />
        {methods.data?.singleSignOn && (
          <SingleSignOnButton
            name={methods.data.singleSignOn.name}
            next={next}
            variant={methods.data.password ? 'default' : 'filled'}
          />
        )}
        {methods.data?.singleSignOn && methods.data.password && <Divider label="or" />}
        {methods.data?.password !== false && <SignInForm next={next} />}
      </Stack>
      <PasskeySignIn next={next} />
    </PublicPage>
  );
}
