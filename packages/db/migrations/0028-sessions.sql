-- Sessions that their user can tell from each other and end one by one, and links that work once: invitations and new passwords.

-- Shown by the API; the token stays what signs in. Sessions from before get one as well.
ALTER TABLE sessions ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
ALTER TABLE sessions ADD COLUMN method text NOT NULL DEFAULT 'password'
  CHECK (method IN ('password', 'passkey', 'singleSignOn', 'link'));
ALTER TABLE sessions ADD COLUMN last_used_at timestamptz NOT NULL DEFAULT now();
-- Of the request that signed in.
ALTER TABLE sessions ADD COLUMN network text;
ALTER TABLE sessions ADD COLUMN user_agent text;
CREATE INDEX sessions_user ON sessions (user_id, id);

CREATE TABLE one_time_links (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('invitation', 'passwordReset')),
  token_hash bytea NOT NULL UNIQUE,
  -- Of an invitation: who may become a user, and in which role.
  email text CHECK (email = lower(email)),
  organisation_role text CHECK (organisation_role IN ('admin', 'member')),
  -- Of a new password.
  user_id uuid REFERENCES users ON DELETE CASCADE,
  created_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  CHECK ((kind = 'invitation') = (email IS NOT NULL AND organisation_role IS NOT NULL)),
  CHECK ((kind = 'passwordReset') = (user_id IS NOT NULL))
);
-- A newer link takes the place of the one before.
CREATE UNIQUE INDEX one_time_links_invited ON one_time_links (email) WHERE kind = 'invitation';
CREATE UNIQUE INDEX one_time_links_user ON one_time_links (user_id) WHERE kind = 'passwordReset';
