import { ObjectStoreError } from './object-store-error.js';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Asked before each signature: it answers from memory as long as what it has is good. */
export type AccessKeySource = () => Promise<AccessKey>;

const TRIED =
  'Tried: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the profile of AWS_PROFILE or [default] in ~/.aws (also SSO, ' +
  'assumed roles and credential_process), a web identity token, and the role of the container or machine.';

/** The ordinary chain of AWS; its first link, the environment, is read from what is given. */
export async function awsAccessKeys(environment: Environment): Promise<AccessKeySource> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = environment;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY && !AWS_PROFILE) {
    const key = {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
    return async () => key;
  }
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const provider = defaultProvider(AWS_PROFILE ? { profile: AWS_PROFILE } : {});
  return async () => {
    try {
      return await provider();
    } catch (cause) {
      throw new ObjectStoreError(
        'no_credentials',
        `There are no credentials for S3. ${TRIED}`,
        'Sign in, for example with `aws sso login`, or set the variables.',
        { cause },
      );
    }
  };
}
