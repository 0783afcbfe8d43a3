-- Sign-in by an OpenID Connect provider: whose its identities are, and groups whose members it names.

-- Begun and not finished. What a browser keeps of it is a token, of which this is the hash: everything else that the protocol needs is made of that token.
CREATE TABLE single_sign_on_attempts (
  token_hash bytea PRIMARY KEY,
  -- Where in the web app to go on.
  return_path text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX single_sign_on_attempts_expiry ON single_sign_on_attempts (expires_at);

-- The subject alone names a person at an issuer; an e-mail address may change hands.
CREATE TABLE user_identities (
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The role of the user is that of the provider's groups, and ends with them.
  is_admin_by_provider boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identities_user ON user_identities (user_id);

-- The group of the provider whose members become members; several of ours may have the same.
ALTER TABLE groups ADD COLUMN provider_group text COLLATE "C";
CREATE INDEX groups_provider_group ON groups (provider_group) WHERE provider_group IS NOT NULL;
-- Such memberships follow the provider; those that people made stay.
ALTER TABLE group_members ADD COLUMN from_provider boolean NOT NULL DEFAULT false;
