-- Users are deactivated, and when somebody last acted as them is kept beyond their sessions, keys and tokens.

ALTER TABLE users ADD COLUMN last_seen_at timestamptz;
-- Null: active.
ALTER TABLE users ADD COLUMN deactivated_at timestamptz;
-- Of a deactivated user: who has got what was theirs. Their running jobs may use what this user may.
ALTER TABLE users ADD COLUMN handed_over_to uuid REFERENCES users;

UPDATE users u SET last_seen_at = greatest(
  (SELECT max(last_used_at) FROM sessions s WHERE s.user_id = u.id),
  (SELECT max(last_used_at) FROM ssh_keys k WHERE k.user_id = u.id),
  (SELECT max(last_used_at) FROM api_tokens t WHERE t.user_id = u.id));
