-- Names are searched by blocks: an index of trigrams over every single name was a third of what registering an item
-- costs. Items whose ids differ in the last hexadecimal digit alone are neighbours of one manifest; they share a row
-- that lists their names, one a line, and so the trigrams that their names have in common.

-- A block never lacks the name of an item, but may go on listing names that are no longer there: the items themselves
-- are always asked.
CREATE TABLE item_name_blocks (
  folder_id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  -- The first 35 characters of the ids.
  block text COLLATE "C" NOT NULL,
  names text NOT NULL,
  PRIMARY KEY (folder_id, type, block)
);

INSERT INTO item_name_blocks (folder_id, type, block, names)
  SELECT folder_id, type, left(id::text, 35), string_agg(name, E'\n') FROM items GROUP BY 1, 2, 3;

-- Names sort by code point; the database's own collation folds the case of every letter. What waits in the pending
-- list is searched one by one: 1 MiB is the most that a search may have to read.
CREATE INDEX item_name_blocks_by_trigram ON item_name_blocks USING gin (names COLLATE "default" gin_trgm_ops) WITH (gin_pending_list_limit = 1024);

-- Some of the items whose names are like the pattern, at the most so many, some of them twice; all, if they are fewer.
-- The estimate for a pattern is far off without statistics, and then reads the whole table: here the indexes are the
-- only way. IS NOT DISTINCT FROM leaves the index of ids alone: the planner may else walk through that of the names.
DROP FUNCTION items_named_like;
DROP INDEX items_by_trigram;
CREATE FUNCTION items_named_like(pattern text, most integer)
  RETURNS TABLE (folder_id uuid, type text, id uuid, name text) LANGUAGE sql STABLE ROWS 1000
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off SET jit = off
  AS $$
    SELECT named.folder_id, named.type, named.id, named.name FROM item_name_blocks b CROSS JOIN LATERAL (
      SELECT i.folder_id, i.type, i.id, i.name FROM items i
      WHERE (i.folder_id, i.type) IS NOT DISTINCT FROM (b.folder_id, b.type) AND i.id BETWEEN (b.block || '0')::uuid AND (b.block || 'f')::uuid
        AND i.name COLLATE "default" ILIKE pattern OFFSET 0) named
    WHERE b.names COLLATE "default" ILIKE pattern LIMIT most
  $$;

-- Triggers fire in the order of their names. These fire behind those that count: the rows of the counts, which a
-- transaction holds until its end, keep a block from being deleted while others add to it.

CREATE FUNCTION name_items_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO item_name_blocks AS b (folder_id, type, block, names)
    SELECT folder_id, type, left(id::text, 35), string_agg(name, E'\n') FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (folder_id, type, block) DO UPDATE SET names = b.names || E'\n' || excluded.names;
  RETURN NULL;
END $$;
CREATE TRIGGER items_inserted_names AFTER INSERT ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION name_items_inserted();

-- Items that are renamed again and again make their block grow: a long one is written anew. By then the transaction
-- holds its row, so that names which others gave meanwhile are either seen here or added behind.
CREATE FUNCTION rewrite_long_name_blocks(folder_ids uuid[], types text[], blocks text[]) RETURNS void LANGUAGE sql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
    UPDATE item_name_blocks b SET names = (
        SELECT coalesce(string_agg(i.name, E'\n'), '') FROM items i
        WHERE (i.folder_id, i.type) IS NOT DISTINCT FROM (b.folder_id, b.type) AND i.id BETWEEN (b.block || '0')::uuid AND (b.block || 'f')::uuid)
      FROM unnest(folder_ids, types, blocks) AS touched (folder_id, type, block)
      WHERE b.folder_id = touched.folder_id AND b.type = touched.type AND b.block = touched.block AND length(b.names) > 10000
  $$;

-- A plan is kept from the first time, when one item is renamed perhaps: by nested loops, many that are renewed later
-- would all be compared with each other.
CREATE FUNCTION name_items_updated() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET jit = off AS $$
DECLARE
  folder_ids uuid[];
  types text[];
  blocks text[];
BEGIN
  WITH named AS (
    SELECT n.folder_id, n.type, left(n.id::text, 35) AS block, string_agg(n.name, E'\n') AS names
    FROM added n JOIN removed o ON o.id = n.id WHERE (n.folder_id, n.type, n.name) <> (o.folder_id, o.type, o.name)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3),
  put AS (
    INSERT INTO item_name_blocks AS b (folder_id, type, block, names) SELECT * FROM named
      ON CONFLICT (folder_id, type, block) DO UPDATE SET names = b.names || E'\n' || excluded.names
      RETURNING b.folder_id, b.type, b.block, length(b.names) AS size)
  SELECT array_agg(put.folder_id), array_agg(put.type), array_agg(put.block) INTO folder_ids, types, blocks
    FROM put WHERE size > 10000;
  IF blocks IS NOT NULL THEN
    PERFORM rewrite_long_name_blocks(folder_ids, types, blocks);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER items_updated_names AFTER UPDATE ON items REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION name_items_updated();

-- OFFSET keeps the look at each block by itself, and the settings keep it to the indexes, whatever the plan that is kept
-- was made for: as a join, all blocks would meet all items of their folders.
CREATE FUNCTION name_items_deleted() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
BEGIN
  DELETE FROM item_name_blocks b USING (SELECT DISTINCT folder_id, type, left(id::text, 35) AS block FROM removed) touched
    WHERE b.folder_id = touched.folder_id AND b.type = touched.type AND b.block = touched.block AND NOT EXISTS (
      SELECT 1 FROM items i
      WHERE (i.folder_id, i.type) IS NOT DISTINCT FROM (b.folder_id, b.type) AND i.id BETWEEN (b.block || '0')::uuid AND (b.block || 'f')::uuid
      OFFSET 0);
  RETURN NULL;
END $$;
CREATE TRIGGER items_deleted_names AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION name_items_deleted();

-- Objects are looked up by their identity alone, which is nearly one of a kind; a key that begins with the folder is
-- half as large again, and had to be an expression so that the planner does not read the whole folder instead.
DROP INDEX items_by_identity;
CREATE INDEX items_by_identity ON items (identity_hash);
