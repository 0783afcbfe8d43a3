-- A notice before the items of a folder expire, to those who may renew them.

ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN ('uploadJob', 'itemsExpiring'));
-- Of `itemsExpiring`: how many items of the folder itself expire, and the ends of the first and the last minute.
ALTER TABLE notifications ADD COLUMN folder_id uuid REFERENCES folders ON DELETE CASCADE;
ALTER TABLE notifications ADD COLUMN items_count bigint;
ALTER TABLE notifications ADD COLUMN first_expired_by timestamptz;
ALTER TABLE notifications ADD COLUMN last_expired_by timestamptz;
CREATE INDEX notifications_folder ON notifications (folder_id);

-- When a folder was last noticed: of several processes one gives the notice, and a manifest whose URLs expire minute
-- after minute is one notice.
CREATE TABLE expiry_notices (
  folder_id uuid PRIMARY KEY REFERENCES folders ON DELETE CASCADE,
  noticed_at timestamptz NOT NULL
);
CREATE INDEX folder_expiry_counts_by_end ON folder_expiry_counts (expired_by);
