-- Passkeys (WebAuthn): users sign in with them alone, without a name.

-- What authenticators know the user by: random, so that it tells nothing. Null until the first passkey is made.
ALTER TABLE users ADD COLUMN passkey_handle bytea UNIQUE;

CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  name text NOT NULL,
  -- The host name that it was made for: it answers for no other.
  rp_id text NOT NULL,
  credential_id bytea NOT NULL UNIQUE,
  -- As COSE.
  public_key bytea NOT NULL,
  transports text[] NOT NULL,
  -- Of its last use; 0 as long as it does not count.
  sign_count bigint NOT NULL,
  sync_state text NOT NULL CHECK (sync_state IN ('synced', 'syncable', 'deviceBound')),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX passkeys_user ON passkeys (user_id, id);

-- What was asked and is not answered yet; whoever answers takes the row away.
CREATE TABLE passkey_challenges (
  challenge_hash bytea PRIMARY KEY,
  -- Who may answer: to add a passkey a user in the same session, to sign in the browser that has the cookie.
  user_id uuid REFERENCES users ON DELETE CASCADE,
  session_id uuid REFERENCES sessions (id) ON DELETE CASCADE,
  browser_hash bytea,
  expires_at timestamptz NOT NULL,
  CHECK ((user_id IS NULL) <> (browser_hash IS NULL)),
  CHECK (session_id IS NULL OR user_id IS NOT NULL)
);
CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at);
