-- A signer of the customer's own, which the browser asks for fresh URLs, and the keys that sign what it is asked with.

ALTER TABLE integrations ADD COLUMN signer_url text;

CREATE TABLE signing_keys (
  -- The JWK thumbprint of the public key (RFC 7638).
  id text PRIMARY KEY,
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  -- Bound to the public key.
  private_key_sealed bytea NOT NULL,
  -- The newest key whose time has come signs. A new one is published some time before, the old ones some time after.
  active_from timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
