import { Navigate, useSearchParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useSession } from '../../lib/session.js';
import { pathWithinApp } from './enter-app.js';
import { PasskeySignIn } from './passkey-sign-in.js';
import { PublicPage } from './public-page.js';
import { SignInForm } from './sign-in-form.js';

export function SignInPage() {
  const session = useSession();
  const next = useSearchParams()[0].get('next');
  if (session.isPending) return <CenteredLoader label="Loading" height="100vh" />;
  if (session.data?.user) return <Navigate to={pathWithinApp(next)} replace />;
  if (session.data && !session.data.isSetUp) return <Navigate to="/setup" replace />;
  return (
    <PublicPage title="Sign in">
      <ErrorNotice error={session.error} />
      <SignInForm next={next} />
      <PasskeySignIn next={next} />
    </PublicPage>
  );
}
