-- Users, integrations, folders, items, upload jobs, notifications and the audit log.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  name text NOT NULL DEFAULT '',
  organisation_role text NOT NULL CHECK (organisation_role IN ('admin', 'member')),
  password_hash text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ssh_keys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL,
  public_key bytea NOT NULL UNIQUE CHECK (length(public_key) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX ssh_keys_user ON ssh_keys (user_id, id);

CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id, id);

-- One row at the most: the one-time link that creates the first admin.
CREATE TABLE setup_link (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE integrations (
  id uuid PRIMARY KEY,
  title text COLLATE "C" NOT NULL UNIQUE,
  type text NOT NULL CHECK (type = 'directAccess'),
  strict_client_only boolean NOT NULL,
  allowed_hosts text[] NOT NULL DEFAULT '{}',
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE integration_members (
  integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  PRIMARY KEY (integration_id, user_id)
);
CREATE INDEX integration_members_user ON integration_members (user_id, integration_id);

-- Origins seen at registration: what the page's Content-Security-Policy lets the browser load from.
CREATE TABLE integration_origins (
  integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
  origin text NOT NULL,
  PRIMARY KEY (integration_id, origin)
);

CREATE TABLE folders (
  id uuid PRIMARY KEY,
  parent_id uuid REFERENCES folders,
  -- From the root down to the folder itself.
  path uuid[] NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text NOT NULL DEFAULT '',
  client_metadata jsonb,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX folders_by_name ON folders (parent_id, name, id);
CREATE INDEX folders_path ON folders USING gin (path);

CREATE TABLE folder_members (
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  PRIMARY KEY (folder_id, user_id)
);
CREATE INDEX folder_members_user ON folder_members (user_id, folder_id);

CREATE TABLE items (
  folder_id uuid NOT NULL REFERENCES folders,
  id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text NOT NULL DEFAULT '',
  integration_id uuid REFERENCES integrations ON DELETE SET NULL,
  -- The object URL is url_head followed by the unsealed url_tail, byte for byte. The head holds no secret.
  url_head text NOT NULL,
  url_tail_sealed bytea,
  identity_hash bytea NOT NULL CHECK (length(identity_hash) = 16),
  expires_at timestamptz,
  expiry_certainty text,
  metadata_source text CHECK (metadata_source = 'manifest'),
  file_size bigint,
  mime_type text,
  width integer,
  height integer,
  duration double precision,
  fps double precision,
  audio_sample_rate integer,
  audio_bit_depth integer,
  audio_codec text,
  audio_num_channels integer,
  num_pages integer,
  client_metadata jsonb,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Ids are UUIDv7, so this is also the order of creation.
  PRIMARY KEY (folder_id, id)
);
CREATE INDEX items_by_id ON items (id);
CREATE INDEX items_by_name ON items (folder_id, name, id);
CREATE INDEX items_by_identity ON items (folder_id, identity_hash);

-- What a folder summary shows, kept by the statements that change items, so that no list waits for a count.
CREATE TABLE folder_item_counts (
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  type text COLLATE "C" NOT NULL,
  items_count bigint NOT NULL,
  total_size bigint NOT NULL,
  PRIMARY KEY (folder_id, type)
);

CREATE TABLE integration_item_counts (
  integration_id uuid PRIMARY KEY,
  items_count bigint NOT NULL,
  unmeasured_count bigint NOT NULL
);

-- Triggers see each statement's rows as a whole, so a batch of items costs one row a folder and type.
CREATE FUNCTION count_items_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO folder_item_counts AS c (folder_id, type, items_count, total_size)
    SELECT folder_id, type, count(*), coalesce(sum(file_size), 0) FROM added GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (folder_id, type) DO UPDATE
      SET items_count = c.items_count + excluded.items_count, total_size = c.total_size + excluded.total_size;
  INSERT INTO integration_item_counts AS c (integration_id, items_count, unmeasured_count)
    SELECT integration_id, count(*), count(*) FILTER (WHERE metadata_source IS NULL)
    FROM added WHERE integration_id IS NOT NULL GROUP BY 1 ORDER BY 1
    ON CONFLICT (integration_id) DO UPDATE
      SET items_count = c.items_count + excluded.items_count, unmeasured_count = c.unmeasured_count + excluded.unmeasured_count;
  RETURN NULL;
END $$;

CREATE FUNCTION count_items_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE folder_item_counts c SET items_count = c.items_count - d.items_count, total_size = c.total_size - d.total_size
    FROM (SELECT folder_id, type, count(*) AS items_count, coalesce(sum(file_size), 0) AS total_size FROM removed GROUP BY 1, 2) d
    WHERE c.folder_id = d.folder_id AND c.type = d.type;
  UPDATE integration_item_counts c SET items_count = c.items_count - d.items_count, unmeasured_count = c.unmeasured_count - d.unmeasured_count
    FROM (SELECT integration_id, count(*) AS items_count, count(*) FILTER (WHERE metadata_source IS NULL) AS unmeasured_count
          FROM removed WHERE integration_id IS NOT NULL GROUP BY 1) d
    WHERE c.integration_id = d.integration_id;
  RETURN NULL;
END $$;

CREATE FUNCTION count_items_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO folder_item_counts AS c (folder_id, type, items_count, total_size)
    SELECT folder_id, type, sum(n), sum(size) FROM (
      SELECT folder_id, type, 1 AS n, coalesce(file_size, 0) AS size FROM added
      UNION ALL SELECT folder_id, type, -1, -coalesce(file_size, 0) FROM removed) changes
    GROUP BY 1, 2 HAVING sum(n) <> 0 OR sum(size) <> 0 ORDER BY 1, 2
    ON CONFLICT (folder_id, type) DO UPDATE
      SET items_count = c.items_count + excluded.items_count, total_size = c.total_size + excluded.total_size;
  INSERT INTO integration_item_counts AS c (integration_id, items_count, unmeasured_count)
    SELECT integration_id, sum(n), sum(unmeasured) FROM (
      SELECT integration_id, 1 AS n, (metadata_source IS NULL)::int AS unmeasured FROM added
      UNION ALL SELECT integration_id, -1, -(metadata_source IS NULL)::int FROM removed) changes
    WHERE integration_id IS NOT NULL
    GROUP BY 1 HAVING sum(n) <> 0 OR sum(unmeasured) <> 0 ORDER BY 1
    ON CONFLICT (integration_id) DO UPDATE
      SET items_count = c.items_count + excluded.items_count, unmeasured_count = c.unmeasured_count + excluded.unmeasured_count;
  RETURN NULL;
END $$;

CREATE TRIGGER items_inserted AFTER INSERT ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_items_inserted();
CREATE TRIGGER items_deleted AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_items_deleted();
CREATE TRIGGER items_updated AFTER UPDATE ON items REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_items_updated();

CREATE TABLE upload_jobs (
  id uuid PRIMARY KEY,
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  integration_id uuid REFERENCES integrations ON DELETE SET NULL,
  created_by uuid NOT NULL REFERENCES users,
  status text NOT NULL CHECK (status IN ('PENDING', 'DONE', 'ERROR', 'CANCELLED')),
  -- With ignore_errors every part is registered as it is read. Without, all parts are checked before any is registered.
  phase text NOT NULL CHECK (phase IN ('checking', 'registering', 'finished')),
  ignore_errors boolean NOT NULL,
  skip_duplicate_urls boolean NOT NULL,
  upsert_metadata boolean NOT NULL,
  file_name text,
  spool_key text,
  units_total bigint NOT NULL,
  units_done bigint NOT NULL DEFAULT 0,
  units_skipped bigint NOT NULL DEFAULT 0,
  units_renewed bigint NOT NULL DEFAULT 0,
  units_error bigint NOT NULL DEFAULT 0,
  units_cancelled bigint NOT NULL DEFAULT 0,
  parts_open integer NOT NULL,
  cancel_requested_at timestamptz,
  errors text[] NOT NULL DEFAULT '{}',
  warnings jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CHECK (units_done + units_skipped + units_error + units_cancelled <= units_total),
  CHECK (status = 'PENDING' OR units_done + units_skipped + units_error + units_cancelled = units_total)
);
CREATE INDEX upload_jobs_folder ON upload_jobs (folder_id, id);
CREATE INDEX upload_jobs_open ON upload_jobs (id) WHERE status = 'PENDING';

CREATE TABLE upload_job_parts (
  job_id uuid NOT NULL REFERENCES upload_jobs ON DELETE CASCADE,
  part integer NOT NULL,
  first_position bigint NOT NULL,
  kind text NOT NULL,
  first_element bigint NOT NULL,
  unit_count integer NOT NULL,
  byte_start bigint NOT NULL,
  byte_end bigint NOT NULL,
  first_line bigint NOT NULL,
  first_column bigint NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
  attempts integer NOT NULL DEFAULT 0,
  lease_until timestamptz,
  PRIMARY KEY (job_id, part)
);
CREATE INDEX upload_job_parts_open ON upload_job_parts (job_id, part) WHERE status = 'open';

CREATE TABLE upload_job_items (
  job_id uuid NOT NULL REFERENCES upload_jobs ON DELETE CASCADE,
  position bigint NOT NULL,
  item_id uuid NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (job_id, position)
);

CREATE TABLE unit_errors (
  job_id uuid NOT NULL REFERENCES upload_jobs ON DELETE CASCADE,
  -- Place of the unit in the whole manifest, by which the list is ordered and paged.
  position bigint NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  element bigint NOT NULL,
  line bigint,
  column_number bigint,
  field text,
  code text NOT NULL,
  message text NOT NULL,
  hint text NOT NULL,
  title text,
  -- Without the signature.
  object_url text,
  PRIMARY KEY (job_id, position)
);

CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind = 'uploadJob'),
  upload_job_id uuid REFERENCES upload_jobs ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz
);
CREATE INDEX notifications_user ON notifications (user_id, id);
CREATE INDEX notifications_job ON notifications (upload_job_id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;

CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  user_id uuid REFERENCES users ON DELETE SET NULL,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_subject ON audit_log (subject_id, id);
