-- Datasets: picks of items from any folders. An item may be in many.

CREATE TABLE datasets (
  id uuid PRIMARY KEY,
  title text COLLATE "C" NOT NULL,
  description text NOT NULL DEFAULT '',
  items_count bigint NOT NULL DEFAULT 0,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE dataset_members (
  dataset_id uuid NOT NULL REFERENCES datasets ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  PRIMARY KEY (dataset_id, user_id)
);
CREATE INDEX dataset_members_user ON dataset_members (user_id, dataset_id);

-- Items have no foreign keys: who adds one locks it, and the trigger on items takes it out again.
CREATE TABLE dataset_items (
  dataset_id uuid NOT NULL REFERENCES datasets ON DELETE CASCADE,
  item_id uuid NOT NULL,
  -- What clients call a data unit: one item in one dataset.
  data_unit_id uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (dataset_id, item_id)
);
CREATE INDEX dataset_items_item ON dataset_items (item_id);

-- In the order of their ids, so that statements which change several datasets do not wait for each other in a circle.
CREATE FUNCTION count_dataset_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM datasets WHERE id IN (SELECT dataset_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
  UPDATE datasets d SET updated_at = now(),
      items_count = d.items_count + CASE TG_OP WHEN 'INSERT' THEN c.items_count ELSE -c.items_count END
    FROM (SELECT dataset_id, count(*) AS items_count FROM changed GROUP BY 1) c WHERE d.id = c.dataset_id;
  RETURN NULL;
END $$;
CREATE TRIGGER dataset_items_inserted AFTER INSERT ON dataset_items REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_dataset_items();
CREATE TRIGGER dataset_items_deleted AFTER DELETE ON dataset_items REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_dataset_items();

CREATE FUNCTION take_items_out_of_datasets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM dataset_items WHERE item_id = ANY (ARRAY(SELECT id FROM removed));
  RETURN NULL;
END $$;
CREATE TRIGGER items_datasets_deleted AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION take_items_out_of_datasets();
