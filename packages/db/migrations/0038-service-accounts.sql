-- Users that are nobody's: programs act as them, by API tokens and SSH keys that administrators make. They sign in nowhere.

ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service'));
ALTER TABLE users ADD CONSTRAINT users_service_accounts
  CHECK (kind = 'person' OR (organisation_role = 'member' AND password_hash IS NULL));
