-- The metadata schema of the organisation: which keys of client metadata ask for values of which type.

CREATE TABLE client_metadata_schema (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  id uuid NOT NULL,
  -- Grows with each change; what was read under another one is checked again.
  revision integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE client_metadata_keys (
  key text COLLATE "C" PRIMARY KEY,
  -- Keys are given back in the order in which they were given.
  position integer NOT NULL,
  -- As the API has it: `{"ty": "enum", "values": [...]}`.
  type jsonb NOT NULL
);
