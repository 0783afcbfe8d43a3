-- A notice that a webhook was switched off. Behind 0021, which names the kinds as well.

ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('uploadJob', 'itemsExpiring', 'webhookDisabled'));
-- Of `webhookDisabled`.
ALTER TABLE notifications ADD COLUMN webhook_id uuid REFERENCES webhooks ON DELETE CASCADE;
CREATE INDEX notifications_webhook ON notifications (webhook_id) WHERE webhook_id IS NOT NULL;
