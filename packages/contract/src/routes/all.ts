import type { Route } from '../route.js';
import * as audit from './audit.js';
import * as datasets from './datasets.js';
import * as itemExports from './exports.js';
import * as folders from './folders.js';
import * as groups from './groups.js';
import * as integrations from './integrations.js';
import * as items from './items.js';
import * as limits from './limits.js';
import * as metadataSchema from './metadata-schema.js';
import * as notifications from './notifications.js';
import * as oneTimeLinks from './one-time-links.js';
import * as passkeys from './passkeys.js';
import * as secondFactor from './second-factor.js';
import * as secretKeys from './secret-keys.js';
import * as serviceAccounts from './service-accounts.js';
import * as session from './session.js';
import * as sessions from './sessions.js';
import * as sharing from './sharing.js';
import * as signers from './signers.js';
import * as singleSignOn from './single-sign-on.js';
import * as uploadJobs from './upload-jobs.js';
import * as users from './users.js';
import * as webhooks from './webhooks.js';

/** The route table: what the server must serve, what the matrix of permissions walks, what OpenAPI lists. */
export const allRoutes: readonly Route[] = [
  session,
  users,
  serviceAccounts,
  groups,
  sessions,
  oneTimeLinks,
  secondFactor,
  passkeys,
  singleSignOn,
  integrations,
  folders,
  uploadJobs,
  items,
  itemExports,
  datasets,
  metadataSchema,
  sharing,
  notifications,
  signers,
  audit,
  limits,
  secretKeys,
  webhooks,
].flatMap((area) => Object.values(area) as Route[]);
