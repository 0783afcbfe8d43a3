-- Lists by client metadata: which items have which value under a key of the metadata schema. An entry names all items
-- of a block of neighbouring ids that have the value, so that a million items of few values make some ten thousand rows.
-- Of other keys nothing is kept, and where there is no schema nothing at all. Every item is in the entry of its value; an
-- entry may still name items that have it no more, so whoever reads it looks at the items.

ALTER TABLE client_metadata_schema ADD COLUMN last_index_id integer NOT NULL DEFAULT 0;

ALTER TABLE client_metadata_keys
  -- How lists compare the values; 'presence': only whether there is one. Null: no list is narrowed by the key.
  ADD COLUMN compared_as text CHECK (compared_as IN ('number', 'moment', 'text', 'uuid', 'boolean', 'presence')),
  -- Names the key in entries; a new one whenever values are compared in another way.
  ADD COLUMN index_id integer UNIQUE,
  -- Items that were there before the key are entered in the order of their ids; so far up to this one.
  ADD COLUMN entered_to uuid,
  ADD COLUMN is_entered boolean NOT NULL DEFAULT false,
  -- Transactions before this one may have written items without knowing of the key: entering waits for their end.
  ADD COLUMN enter_after xid8,
  ADD CHECK ((compared_as IS NULL) = (index_id IS NULL));

UPDATE client_metadata_keys k SET compared_as = c.compared_as, index_id = CASE WHEN c.compared_as IS NOT NULL THEN k.position END
  FROM (SELECT key, CASE CASE WHEN type ->> 'ty' = 'variant' THEN coalesce(type ->> 'hint', 'text') ELSE type ->> 'ty' END
      WHEN 'number' THEN 'number' WHEN 'datetime' THEN 'moment' WHEN 'uuid' THEN 'uuid' WHEN 'boolean' THEN 'boolean'
      WHEN 'embedding' THEN 'presence' WHEN 'geospatial' THEN 'presence' WHEN 'tombstone' THEN NULL ELSE 'text' END AS compared_as
    FROM client_metadata_keys) c WHERE c.key = k.key;
UPDATE client_metadata_schema SET last_index_id = (SELECT coalesce(max(index_id), 0) FROM client_metadata_keys);

CREATE TABLE item_metadata_entries (
  index_id integer NOT NULL,
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  -- Empty, and zero, where values are compared as the other. Of a text its beginning.
  text_value text COLLATE "C" NOT NULL,
  number_value numeric NOT NULL,
  -- The first 15 bytes of the ids.
  block bytea NOT NULL,
  -- Their last bytes.
  ids bytea NOT NULL,
  PRIMARY KEY (index_id, folder_id, text_value, number_value, block)
);

-- Entries of keys that are gone, or compared in another way now; removed bit by bit.
CREATE TABLE dropped_metadata_indexes (index_id integer PRIMARY KEY);

-- What the API takes for a moment, in seconds of the epoch; never fails. Without an offset it is in UTC.
CREATE FUNCTION metadata_moment(value text) RETURNS numeric LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF value !~ '^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$' THEN
    RETURN NULL;
  END IF;
  IF length(value) > 10 AND value ~ '(Z|[+-]\d\d:?\d\d)$' THEN
    RETURN extract(epoch FROM value::timestamptz);
  END IF;
  RETURN extract(epoch FROM value::timestamp AT TIME ZONE 'UTC');
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- Null: there is no value that is compared so.
CREATE FUNCTION metadata_number(value jsonb, compared_as text) RETURNS numeric LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN compared_as = 'number' AND jsonb_typeof(value) = 'number' THEN value::numeric
    WHEN compared_as = 'moment' AND jsonb_typeof(value) = 'string' THEN metadata_moment(value #>> '{}') END;

CREATE FUNCTION metadata_text(value jsonb, compared_as text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN compared_as = 'text' AND jsonb_typeof(value) = 'string' THEN value #>> '{}'
    WHEN compared_as = 'uuid' AND jsonb_typeof(value) = 'string' THEN lower(value #>> '{}')
    WHEN compared_as = 'boolean' AND jsonb_typeof(value) = 'boolean' THEN value #>> '{}'
    WHEN compared_as = 'presence' AND jsonb_typeof(value) <> 'null' THEN '' END;

CREATE FUNCTION last_byte(id uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN substring(uuid_send(id) FROM 16);

CREATE FUNCTION without_bytes(bytes bytea, taken bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(substring(bytes FROM n FOR 1), ''::bytea ORDER BY n), ''::bytea)
  FROM generate_series(1, length(bytes)) n WHERE position(substring(bytes FROM n FOR 1) IN taken) = 0
$$;

-- Triggers fire in the order of their names: these behind those that count, whose rows a transaction holds until its end.

CREATE FUNCTION enter_items_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM client_metadata_keys WHERE index_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO item_metadata_entries AS e (index_id, folder_id, text_value, number_value, block, ids)
    SELECT index_id, folder_id, left(coalesce(text_value, ''), 200), coalesce(number_value, 0), id_block(id), string_agg(last_byte(id), ''::bytea)
    FROM (
      SELECT k.index_id, a.folder_id, a.id, metadata_text(a.client_metadata -> k.key, k.compared_as) AS text_value,
        metadata_number(a.client_metadata -> k.key, k.compared_as) AS number_value
      FROM added a JOIN client_metadata_keys k ON k.index_id IS NOT NULL AND a.client_metadata ? k.key) v
    WHERE text_value IS NOT NULL OR number_value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (index_id, folder_id, text_value, number_value, block) DO UPDATE SET ids = e.ids || excluded.ids;
  RETURN NULL;
END $$;
CREATE TRIGGER items_inserted_metadata AFTER INSERT ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION enter_items_inserted();

-- Entries are looked up by their key, whatever the plan that is kept was made for.
CREATE FUNCTION take_out_of_entries(index_ids integer[], folder_ids uuid[], texts text[], numbers numeric[], blocks bytea[], taken bytea[])
  RETURNS void LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
BEGIN
  UPDATE item_metadata_entries e SET ids = without_bytes(e.ids, t.ids)
    FROM unnest(index_ids, folder_ids, texts, numbers, blocks, taken) AS t (index_id, folder_id, text_value, number_value, block, ids)
    WHERE e.index_id = t.index_id AND e.folder_id = t.folder_id AND e.text_value = t.text_value COLLATE "C" AND e.number_value = t.number_value AND e.block = t.block;
  DELETE FROM item_metadata_entries e
    USING unnest(index_ids, folder_ids, texts, numbers, blocks) AS t (index_id, folder_id, text_value, number_value, block)
    WHERE e.index_id = t.index_id AND e.folder_id = t.folder_id AND e.text_value = t.text_value COLLATE "C" AND e.number_value = t.number_value AND e.block = t.block AND e.ids = ''::bytea;
END $$;

CREATE FUNCTION enter_items_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM client_metadata_keys WHERE index_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  PERFORM take_out_of_entries(array_agg(index_id), array_agg(folder_id), array_agg(text_value), array_agg(number_value), array_agg(block), array_agg(ids))
    FROM (
      SELECT index_id, folder_id, left(coalesce(text_value, ''), 200) AS text_value, coalesce(number_value, 0) AS number_value, id_block(id) AS block,
        string_agg(last_byte(id), ''::bytea) AS ids
      FROM (
        SELECT k.index_id, r.folder_id, r.id, metadata_text(r.client_metadata -> k.key, k.compared_as) AS text_value,
          metadata_number(r.client_metadata -> k.key, k.compared_as) AS number_value
        FROM removed r JOIN client_metadata_keys k ON k.index_id IS NOT NULL AND r.client_metadata ? k.key) v
      WHERE text_value IS NOT NULL OR number_value IS NOT NULL
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5) gone;
  RETURN NULL;
END $$;
CREATE TRIGGER items_removed_metadata AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION enter_items_deleted();

-- A plan is kept from the first time, when one item is edited perhaps: by nested loops, many that are renewed later would
-- all be compared with each other.
CREATE FUNCTION enter_items_updated() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET jit = off AS $$
DECLARE
  keys integer[];
  folders uuid[];
  texts text[];
  numbers numeric[];
  blocks bytea[];
  entered bytea[];
  taken bytea[];
BEGIN
  IF NOT EXISTS (SELECT FROM client_metadata_keys WHERE index_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  WITH changed AS MATERIALIZED (
    SELECT n.id, n.folder_id AS new_folder, n.client_metadata AS new_metadata, o.folder_id AS old_folder, o.client_metadata AS old_metadata
    FROM added n JOIN removed o ON o.id = n.id
    WHERE n.folder_id <> o.folder_id OR n.client_metadata IS DISTINCT FROM o.client_metadata),
  valued AS (
    SELECT k.index_id, c.new_folder AS folder_id, c.id, metadata_text(c.new_metadata -> k.key, k.compared_as) AS text_value,
      metadata_number(c.new_metadata -> k.key, k.compared_as) AS number_value, 1 AS n
    FROM changed c JOIN client_metadata_keys k ON k.index_id IS NOT NULL AND c.new_metadata ? k.key
    UNION ALL
    SELECT k.index_id, c.old_folder, c.id, metadata_text(c.old_metadata -> k.key, k.compared_as),
      metadata_number(c.old_metadata -> k.key, k.compared_as), -1
    FROM changed c JOIN client_metadata_keys k ON k.index_id IS NOT NULL AND c.old_metadata ? k.key),
  moved AS (
    SELECT index_id, folder_id, left(coalesce(text_value, ''), 200) AS text_value, coalesce(number_value, 0) AS number_value, id, sum(n) AS n
    FROM valued WHERE text_value IS NOT NULL OR number_value IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0),
  blocked AS (
    SELECT index_id, folder_id, text_value, number_value, id_block(id) AS block,
      string_agg(last_byte(id), ''::bytea) FILTER (WHERE n > 0) AS entered, string_agg(last_byte(id), ''::bytea) FILTER (WHERE n < 0) AS taken
    FROM moved GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5)
  SELECT array_agg(b.index_id), array_agg(b.folder_id), array_agg(b.text_value), array_agg(b.number_value), array_agg(b.block),
      array_agg(b.entered), array_agg(coalesce(b.taken, ''::bytea))
    INTO keys, folders, texts, numbers, blocks, entered, taken FROM blocked b;
  IF keys IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM take_out_of_entries(keys, folders, texts, numbers, blocks, taken);
  INSERT INTO item_metadata_entries AS e (index_id, folder_id, text_value, number_value, block, ids)
    SELECT t.* FROM unnest(keys, folders, texts, numbers, blocks, entered) AS t (index_id, folder_id, text_value, number_value, block, ids)
    WHERE t.ids IS NOT NULL ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (index_id, folder_id, text_value, number_value, block) DO UPDATE SET ids = e.ids || excluded.ids;
  RETURN NULL;
END $$;
CREATE TRIGGER items_updated_metadata AFTER UPDATE ON items REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION enter_items_updated();
