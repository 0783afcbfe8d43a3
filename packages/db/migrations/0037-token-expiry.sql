-- Users are told before an API token of theirs expires. Behind 0025, which names the kinds of notices as well.

-- Null: nobody was told yet.
ALTER TABLE api_tokens ADD COLUMN expiry_noticed_at timestamptz;
CREATE INDEX api_tokens_expiry ON api_tokens (expires_at) WHERE expires_at IS NOT NULL;

ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
  CHECK (kind IN ('uploadJob', 'itemsExpiring', 'webhookDisabled', 'tokenExpiring'));
-- Of `tokenExpiring`.
ALTER TABLE notifications ADD COLUMN api_token_id uuid REFERENCES api_tokens ON DELETE CASCADE;
CREATE INDEX notifications_api_token ON notifications (api_token_id) WHERE api_token_id IS NOT NULL;
