-- Events that are sent to URLs of the organisation's own. What is to be sent is written in the transaction of what it
-- tells of (an outbox), so neither is there without the other.

CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  -- Its path may be a secret of the receiver: shown to organisation admins alone.
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  events text[] NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  -- The first failure since a delivery was taken.
  failing_since timestamptz,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE webhook_secrets (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  -- Bound to the id.
  secret_sealed bytea NOT NULL,
  -- Null: the current one. One that was replaced signs beside it until then.
  signs_until timestamptz
);
CREATE UNIQUE INDEX webhook_secrets_current ON webhook_secrets (webhook_id) WHERE signs_until IS NULL;
CREATE INDEX webhook_secrets_of_webhook ON webhook_secrets (webhook_id);

CREATE TABLE webhook_events (
  id uuid PRIMARY KEY,
  type text NOT NULL,
  -- The very text that is signed and sent.
  payload text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE webhook_deliveries (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES webhook_events ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  -- Counted when it is claimed; so it names the claim as well.
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  -- Of the last attempt that came to an end.
  attempted_at timestamptz,
  response_status integer,
  response_body text,
  error text,
  duration_ms integer,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (event_id);
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);
