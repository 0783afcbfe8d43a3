-- A second factor of users who sign in with a password: codes by time (RFC 6238), and codes for when the device is lost.

CREATE TABLE second_factors (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  -- Bound to the user.
  secret_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Null: not confirmed by a code yet, and not asked for.
  enabled_at timestamptz,
  -- The time step of the last code that was taken: none is taken twice.
  last_step bigint
);

-- A code that was used is gone.
CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES second_factors ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);
