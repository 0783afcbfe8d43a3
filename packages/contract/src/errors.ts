/**
 * The one catalogue of errors. A code is stable: clients branch on it. `status` is the HTTP status of a
 * refused request; codes of single units of a manifest have none, they are listed in the job's result.
 */
export interface ErrorEntry {
  readonly status: number | null;
  readonly meaning: string;
  readonly hint: string;
}

const request = (status: number, meaning: string, hint: string): ErrorEntry => ({ status, meaning, hint });
const unit = (meaning: string, hint: string): ErrorEntry => ({ status: null, meaning, hint });

export const errorCatalogue = {
  invalid_request: request(
    400,
    'The request does not have the form that the route takes.',
    'Correct the named field.',
  ),
  invalid_page_token: request(
    400,
    'The page token is not one that this list gave out.',
    'Start again without pageToken.',
  ),
  invalid_client_metadata: request(
    400,
    'The client metadata breaks the rules for keys.',
    'Use letters, digits, "-", "_", " " and "." in keys; a key may not start with "$".',
  ),
  invalid_client_metadata_value: request(
    400,
    'A value of the client metadata is not of the type that the metadata schema asks for.',
    'Give a value that is allowed, or ask an organisation admin to change the metadata schema.',
  ),
  invalid_metadata_schema: request(
    400,
    'The metadata schema is not valid.',
    'Correct the key that is named; nothing was changed.',
  ),
  origin_not_allowed: request(
    400,
    'The integration does not allow the host of an origin.',
    'Correct the host in the manifest, or let an admin of the integration add it to the allowed hosts.',
  ),
  data_group_invalid: request(
    400,
    'A data group of the request is not valid.',
    'Correct the group that is named; nothing was made.',
  ),
  authentication_required: request(
    401,
    'The request is not signed and carries no token.',
    'Sign in, send a bearer token, or sign the request with your SSH key.',
  ),
  invalid_credentials: request(
    401,
    'The e-mail address or the password is wrong.',
    'Check both and try again.',
  ),
  second_factor_required: request(
    401,
    'The password is right; the user has a second factor.',
    'Send a code of the authenticator app, or a recovery code, along with it.',
  ),
  invalid_token: request(
    401,
    'The token or session is unknown or has expired.',
    'Sign in again or make a new token.',
  ),
  invalid_signature: request(
    401,
    'The signature of the request does not verify.',
    'Sign @method, @request-target and content-digest with the registered Ed25519 key.',
  ),
  unknown_key: request(
    401,
    'The public key that signed the request is not registered.',
    'Add the public key to your user, or use the right key.',
  ),
  stale_signature: request(
    401,
    'The signature was made too long ago or lies in the future.',
    'Set the clock of the client; a signature is good for 5 minutes.',
  ),
  digest_mismatch: request(
    401,
    'The body is not the one that was signed.',
    'Send the body whose SHA-256 digest is in Content-Digest.',
  ),
  wrong_password: request(
    403,
    'The current password is wrong.',
    'Check it and try again; an administrator can give you a link that sets a new one.',
  ),
  wrong_code: request(
    403,
    'The code is wrong, too old, or was used before.',
    'Wait for the next code of the app; the clocks of the device and the server must be right to half a minute.',
  ),
  confirmation_required: request(
    403,
    'This has to be confirmed: by your password, or by having signed in within the last ten minutes.',
    'Enter your password; or sign out, sign in again and repeat it.',
  ),
  passkey_needs_https: request(
    400,
    'Passkeys need https, and this server is reached without.',
    'Open Latchkey at its https address; LATCHKEY_PUBLIC_URL has to name it. On the machine that it runs on, http://localhost will do.',
  ),
  passkey_needs_host_name: request(
    400,
    'Passkeys are bound to a host name, and this server is reached at an IP address.',
    'Open Latchkey by its host name: http://localhost instead of http://127.0.0.1 on the machine that it runs on.',
  ),
  passkey_wrong_origin: request(
    403,
    'The passkey is for another address than that of this server.',
    'Open Latchkey at its own address; LATCHKEY_PUBLIC_URL has to be the one that browsers show.',
  ),
  passkey_challenge_expired: request(
    403,
    'What the passkey was asked has expired, was answered before, or was asked by another browser.',
    'Try again, and confirm within five minutes.',
  ),
  passkey_unknown: request(
    403,
    'This passkey is not registered here, or was removed.',
    'Sign in another way, and delete it where your device keeps its passkeys.',
  ),
  passkey_refused: request(
    403,
    'The answer of the passkey does not verify.',
    'Try again; the device has to check who you are, by PIN, fingerprint or face.',
  ),
  passkey_copied: request(
    403,
    'The passkey counts its uses, and its count has not risen: there may be a copy of it.',
    'Sign in another way, remove this passkey and add a new one.',
  ),
  user_deactivated: request(
    403,
    'Your user is deactivated.',
    'Ask an administrator of the organisation to reactivate it; nothing of yours is lost.',
  ),
  password_sign_in_off: request(
    403,
    'Nobody signs in with a password here.',
    'Sign in by the identity provider; the operator can allow passwords (LATCHKEY_PASSWORD_SIGN_IN).',
  ),
  single_sign_on_denied: request(
    403,
    'The identity provider did not let you in, or you cancelled.',
    'Begin again on the sign-in page, or ask the administrator of the identity provider to give you access.',
  ),
  single_sign_on_expired: request(
    403,
    'This sign-in was not begun in this browser, took too long, or was finished before.',
    'Begin again on the sign-in page, in one browser that takes cookies, and finish within ten minutes.',
  ),
  id_token_invalid: request(
    403,
    'The ID token of the identity provider is not for this Latchkey, or lacks what it has to say.',
    'Begin again on the sign-in page; if it stays, the operator has to compare issuer and client id.',
  ),
  id_token_signature_invalid: request(
    403,
    'The signature of the ID token does not verify with the keys of the identity provider.',
    'Begin again on the sign-in page; if it stays, tell the operator.',
  ),
  id_token_nonce_mismatch: request(
    403,
    'The ID token was made for another sign-in.',
    'Begin again on the sign-in page; if it stays, tell the operator.',
  ),
  id_token_not_current: request(
    403,
    'The ID token has expired already, or is not valid yet.',
    'The operator has to set the clocks of Latchkey and of the identity provider; 30 seconds are tolerated.',
  ),
  email_not_verified: request(
    403,
    'The identity provider does not say that your e-mail address is verified.',
    'Verify it at the identity provider, then sign in again.',
  ),
  user_not_allowed: request(
    403,
    'Your account at the identity provider may not use this Latchkey.',
    'Ask an administrator.',
  ),
  token_reads_only: request(403, 'The token may only read.', 'Use a token without this restriction.'),
  forbidden: request(403, 'You may not do this.', 'Ask an administrator.'),
  folder_not_found: request(
    403,
    'There is no such folder, or it is not shared with you.',
    'Check the UUID, or ask the owner of the folder to share it.',
  ),
  dataset_not_found: request(
    403,
    'There is no such dataset, or you are no member of it.',
    'Check the UUID; GET /v2/public/datasets/list names your datasets.',
  ),
  item_not_found: request(
    403,
    'There is no such item, or its folder is not shared with you.',
    'Check the UUID, or ask the owner of the folder to share it.',
  ),
  integration_not_found: request(
    403,
    'There is no such integration, or you are not a member of it.',
    'List the integrations and use one of their UUIDs, or ask an administrator of the integration to add you.',
  ),
  upload_job_not_found: request(
    404,
    'There is no such upload job in this folder.',
    'List the upload jobs of the folder.',
  ),
  export_not_found: request(
    404,
    'There is no such export of yours.',
    'Use the UUID that you gave with the export, or the one in its header X-Export-Uuid.',
  ),
  export_not_signable: request(
    400,
    'The format names no URLs that could be signed.',
    'Leave withSignatures out, or choose another format.',
  ),
  webhook_not_found: request(
    404,
    'There is no such webhook.',
    'List the webhooks and use one of their UUIDs.',
  ),
  webhook_delivery_not_found: request(
    404,
    'There is no such delivery of this webhook.',
    'List the deliveries of the webhook; old ones are removed (LATCHKEY_WEBHOOK_RETENTION_DAYS).',
  ),
  webhook_disabled: request(409, 'The webhook is switched off.', 'Switch it on first.'),
  webhook_limit_reached: request(
    409,
    'There are as many webhooks as there may be.',
    'Delete one that is not used.',
  ),
  group_not_found: request(404, 'There is no such group.', 'List the groups and use one of their UUIDs.'),
  user_not_found: request(404, 'There is no such user.', 'Check the e-mail address or the UUID.'),
  key_not_found: request(404, 'There is no such key or token.', 'List your keys and tokens.'),
  session_not_found: request(
    404,
    'There is no such session of yours.',
    'List your sessions; it may have ended.',
  ),
  second_factor_not_found: request(404, 'There is no second factor.', 'Enrol one first.'),
  passkey_not_found: request(
    404,
    'There is no such passkey.',
    'List your passkeys; it may have been removed.',
  ),
  link_not_found: request(
    404,
    'The link has been used, was revoked or has expired.',
    'Ask an administrator for a new one.',
  ),
  route_not_found: request(404, 'There is nothing at this address.', 'The API is described at /docs.'),
  method_not_allowed: request(
    405,
    'The address does not take this method.',
    'The API is described at /docs.',
  ),
  integration_without_signer: request(409, 'The integration has no signer.', 'Set its signer URL first.'),
  integration_title_taken: request(409, 'Another integration has this title.', 'Choose another title.'),
  integration_in_use: request(
    409,
    'Items are registered through this integration.',
    'Delete or move these items first, or confirm with force=true: the items stay and can no longer be opened.',
  ),
  gateway_in_use: request(
    409,
    'Items of this integration have URLs of a gateway whose bucket was to change, and would become other objects.',
    'Move these items to URLs of the bucket (migrate-storage) or delete them, then change the gateway; or add another integration.',
  ),
  integration_last_admin: request(
    409,
    'The integration would have no administrator among its members.',
    'Make another member an administrator first.',
  ),
  folder_last_admin: request(
    409,
    'No user would administer the folder.',
    'Make another user an administrator of it first.',
  ),
  dataset_last_admin: request(
    409,
    'No user would administer the dataset.',
    'Make another user an administrator of it first.',
  ),
  integration_strict_conflict: request(
    409,
    'Items of this integration have no media metadata, which strict client-only access needs.',
    'Register them again with metadata, or delete them, then switch.',
  ),
  organisation_last_admin: request(
    409,
    'The organisation would have no active administrator.',
    'Make another active user an administrator first.',
  ),
  own_user: request(
    409,
    'Nobody can do this to their own user.',
    'Ask another administrator of the organisation.',
  ),
  service_account: request(
    409,
    'The user is a service account.',
    'Service accounts have API tokens and SSH keys; they do not sign in, administer nothing and receive nothing from others.',
  ),
  user_not_active: request(409, 'The user is deactivated.', 'Reactivate the user first, or choose another.'),
  user_active: request(409, 'The user is active.', 'Deactivate the user first.'),
  email_taken: request(409, 'Another user has this e-mail address.', 'Choose another address.'),
  single_sign_on_not_set_up: request(
    409,
    'No identity provider is set up.',
    'Sign in with a password; the operator can set up a provider (LATCHKEY_OIDC_ISSUER).',
  ),
  group_name_taken: request(409, 'Another group has this name.', 'Choose another name.'),
  second_factor_enabled: request(409, 'The user has a second factor.', 'Disable it first.'),
  passkey_taken: request(409, 'This passkey is registered already.', 'Use it, or add another one.'),
  passkey_is_last: request(
    409,
    'This passkey is the only way in: the user has no other, no password, and no account at an identity provider.',
    'Add another passkey first, or ask an administrator for a link that sets a password.',
  ),
  key_taken: request(409, 'This public key is registered already.', 'Use another key.'),
  folder_not_empty: request(
    409,
    'The folder is not empty.',
    'Delete its contents first, or delete it from the web app, which confirms the counts.',
  ),
  folder_move_into_itself: request(
    409,
    'A folder cannot be moved into itself or below itself.',
    'Choose another parent.',
  ),
  setup_done: request(409, 'Latchkey is set up already.', 'Sign in.'),
  upload_job_running: request(
    409,
    'The upload job has not finished.',
    'Wait until it has finished, or cancel it.',
  ),
  no_failed_units: request(
    409,
    'No unit of this job failed.',
    'There is nothing to correct. For units that were cancelled set includeCancelled.',
  ),
  quota_exceeded: request(
    409,
    'A quota of this server is used up.',
    'Make room as the message says, or ask the operator to raise the quota.',
  ),
  upload_job_finished: request(409, 'The upload job has finished.', 'There is nothing left to cancel.'),
  too_many_attempts: request(
    429,
    'Signing in or confirming with a secret failed too often.',
    'Wait for as many seconds as Retry-After says, then try again.',
  ),
  too_many_requests: request(
    429,
    'Too many requests came in a short time.',
    'Wait for as many seconds as Retry-After says, then try again. Ask for many objects in one request where there is a bulk route.',
  ),
  idempotency_key_reused: request(
    409,
    'The idempotency key was used for another upload job.',
    'Use a new key for another manifest, folder, integration or options; the same key only repeats the same request.',
  ),
  manifest_not_kept: request(
    410,
    'The manifest of this job is not kept any more.',
    'Download the failed units as CSV or NDJSON, and correct the manifest by their places.',
  ),
  body_too_large: request(413, 'The body is larger than allowed.', 'Split it.'),
  unsupported_media_type: request(
    415,
    'The body is of a type that the route does not take.',
    'See /docs for the types it takes.',
  ),
  malformed_json: request(400, 'The body is not JSON.', 'Correct the named line and column.'),
  not_a_manifest: request(
    400,
    'The JSON is not a manifest.',
    'A manifest is an object with arrays such as "images", "videos", "audio", "text" and "pdfs".',
  ),
  manifest_empty: request(400, 'The manifest lists nothing.', 'List at least one unit.'),
  manifest_wrong_type: request(400, 'A part of the manifest has the wrong type.', 'Correct the named key.'),
  manifest_too_many_units: request(400, 'The manifest lists more units than allowed.', 'Split it.'),
  body_incomplete: request(
    400,
    'The body ended before it was complete.',
    'Send it again; nothing was registered.',
  ),
  identity_provider_error: request(
    502,
    'The identity provider did not answer as OpenID Connect asks for.',
    'Begin again on the sign-in page; if it stays, tell the operator, whose log has the reason.',
  ),
  identity_provider_unreachable: request(
    503,
    'The identity provider cannot be reached.',
    'Try again in a moment; if it stays, tell the operator.',
  ),
  internal_error: request(
    500,
    'Something went wrong on the server.',
    'Try again; if it stays, give the request id to the operator.',
  ),

  spool_full: request(
    507,
    'There is no room left in the spool, where manifests wait for their registration.',
    'Free some space or point LATCHKEY_SPOOL_URL to a larger place, then send the manifest again; nothing of it was registered.',
  ),
  spool_unavailable: request(
    503,
    'The spool, where manifests wait for their registration, cannot be reached.',
    'Send the manifest again in a moment; nothing of it was registered.',
  ),
  secret_key_missing: request(
    503,
    'This process does not have a secret key that is in use.',
    'The operator has to restart it with that key: see the page on secret keys.',
  ),
  database_unavailable: request(
    503,
    'The database cannot be reached.',
    'Try again in a moment; what was registered is kept, and running jobs go on by themselves.',
  ),

  unit_malformed: unit('The line is not a JSON object.', 'Correct the named line and column.'),
  unit_type_missing: unit(
    'The line does not say what its unit is.',
    'Add "type": "video", "image", "audio", "text", "pdf", "nifti", "image_group", "dicom_series", "scene" or "time_series".',
  ),
  unit_type_unknown: unit(
    'The type of the unit is not known.',
    'Use "video", "image", "audio", "text", "pdf", "nifti", "image_group", "dicom_series", "scene" or "time_series".',
  ),
  unit_not_an_object: unit('The element is not an object.', 'Write { "objectUrl": "...", ... }.'),
  unit_wrong_type: unit('A field has the wrong type.', 'Give the type that is named.'),
  unit_too_large: unit('The element is larger than allowed.', 'Shorten its client metadata.'),
  object_url_missing: unit('The element has no object URL.', 'Add "objectUrl".'),
  object_url_invalid: unit(
    'The object URL is not an absolute http or https URL.',
    'Give the whole URL, signed if the object is private.',
  ),
  object_url_needs_signer: unit(
    'Only a signer can open the object URL, and the integration has none.',
    'Give the integration a signer URL, or list a signed https URL of the object.',
  ),
  object_url_whitespace: unit('The object URL contains whitespace.', 'Write spaces as %20.'),
  object_url_too_long: unit('The object URL is longer than allowed.', 'Use a shorter URL.'),
  host_not_allowed: unit(
    'The host is not in the allowed hosts of the integration.',
    'Add the host to the integration, or use another integration.',
  ),
  url_expired: unit(
    'The signature of the object URL had expired when its upload job was started.',
    'Sign the URL anew, or set "allow_expired_urls" to register it all the same.',
  ),
  title_too_long: unit('The title is longer than allowed.', 'Shorten the title.'),
  client_metadata_invalid: unit(
    'The client metadata breaks the rules for keys.',
    'Use letters, digits, "-", "_", " " and "." in keys; a key may not start with "$".',
  ),
  client_metadata_value_invalid: unit(
    'A value of the client metadata is not of the type that the metadata schema asks for.',
    'Give a value that is allowed, or ask an organisation admin to change the metadata schema.',
  ),
  media_metadata_missing: unit(
    'Strict client-only access needs the media metadata in the manifest.',
    'Add the named object with all its fields: the server may not read the file.',
  ),
  media_metadata_incomplete: unit('The media metadata lacks fields.', 'Add the named fields.'),
  media_metadata_invalid: unit(
    'A media metadata field has the wrong type or range.',
    'Correct the named field.',
  ),
  members_missing: unit(
    'A group or series names no members.',
    'Give "objectUrl_0", "objectUrl_1" and so on, or the list "images" or "dicomFiles".',
  ),
  dicom_series_mixed: unit(
    'The files are of more than one DICOM series, and not each says of which.',
    'Give the dicomMetadata of each file, or list each series as an element of its own.',
  ),
  scene_invalid: unit('The scene is not valid.', 'Correct the named field.'),
  group_item_not_found: unit(
    'A group names an item that does not exist or is not shared with you.',
    'Name items of folders that you may use.',
  ),
  group_item_wrong_type: unit(
    'A group names an item of a type that it cannot hold.',
    'An image group is made of images; a data group holds no other groups.',
  ),
  media_wrong_type: unit(
    'The object is something else than the manifest says.',
    'List it under what it is, or correct its URL.',
  ),
  media_unsupported: unit(
    'The object is of a format that is not measured.',
    'Give its media metadata in the manifest.',
  ),
  media_corrupt: unit(
    'The object is damaged.',
    'Replace the object; or, if your viewers can show it, give its media metadata in the manifest.',
  ),
  media_truncated: unit(
    'The object ends before its content does.',
    'Upload the object to its storage again; then register the unit again.',
  ),
  media_empty: unit('The object has no bytes.', 'Upload the object to its storage again.'),
  media_encrypted: unit(
    'The object is encrypted.',
    'Store it without a password; or give its media metadata in the manifest.',
  ),
  media_too_many_bytes: unit(
    'Too much of the object would have to be read to measure it.',
    'Give its media metadata in the manifest, or raise LATCHKEY_PROBE_MAX_BYTES.',
  ),
  media_timed_out: unit(
    'The object could not be measured in time.',
    'Register the unit again, give its media metadata in the manifest, or raise LATCHKEY_PROBE_TIMEOUT_SECONDS.',
  ),
  object_forbidden: unit(
    'The storage refuses the object URL.',
    'Sign the URL anew for GET; it may have expired, or the key may not read the object.',
  ),
  object_not_found: unit('The storage has no object at the URL.', 'Correct the URL, or upload the object.'),
  object_no_ranges: unit(
    'The storage does not answer with a part of the object.',
    'Give its media metadata in the manifest, or use a storage that serves byte ranges.',
  ),
  object_storage_error: unit(
    'The storage does not answer as it should.',
    'Register the unit again in a while, or give its media metadata in the manifest.',
  ),
  object_unreachable: unit(
    'The server cannot reach the host of the object URL.',
    'Correct the host, or give the media metadata in the manifest: then the server does not need to reach it.',
  ),
  object_address_refused: unit(
    'The object URL leads to where the server makes no connection.',
    'Give the media metadata in the manifest, or let the operator allow the addresses of the storage (LATCHKEY_EGRESS_ALLOW).',
  ),
  part_failed: unit(
    'The unit could not be registered because of a fault of the server.',
    'Register it again; if it stays, give the job id to the operator.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** A refusal with a code of the catalogue. Knows no HTTP: the server maps the code to a status in one place. */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  /** `message` says what was given, what is allowed and what to do; without it the catalogue's text is used. */
  constructor(
    code: ErrorCode,
    message?: string,
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    const entry = errorCatalogue[code];
    super(
      message ?? `${entry.meaning} ${entry.hint}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.details = options.details;
  }
}
