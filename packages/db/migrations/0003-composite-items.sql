-- Items of several objects (image groups and sequences, DICOM series, scenes of several files): the item is a row of
-- items as any other, without a URL, and each object is a member.

ALTER TABLE items
  ALTER COLUMN url_head DROP NOT NULL,
  -- Members of a composite item; volumes of a NIfTI file.
  ADD COLUMN frame_count integer,
  -- What only the viewer of the type needs: the streams of a scene, the channels of a time series.
  ADD COLUMN media_details jsonb;

CREATE TABLE item_members (
  item_id uuid NOT NULL,
  -- From 0, in the order of the manifest.
  position integer NOT NULL,
  id uuid NOT NULL,
  -- Of a group made from items: which. All that follows is then null, and the item is its own.
  member_item_id uuid,
  type text COLLATE "C",
  name text COLLATE "C",
  url_head text,
  url_tail_sealed bytea,
  identity_hash bytea CHECK (length(identity_hash) = 16),
  expires_at timestamptz,
  expiry_certainty text,
  metadata_source text CHECK (metadata_source = 'manifest'),
  file_size bigint,
  mime_type text,
  width integer,
  height integer,
  media_details jsonb,
  PRIMARY KEY (item_id, position),
  CHECK ((member_item_id IS NULL) = (type IS NOT NULL AND name IS NOT NULL AND url_head IS NOT NULL AND identity_hash IS NOT NULL))
);
CREATE INDEX item_members_by_id ON item_members (id);
CREATE INDEX item_members_by_item ON item_members (member_item_id) WHERE member_item_id IS NOT NULL;

CREATE FUNCTION delete_members_of_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM item_members WHERE item_id = ANY (ARRAY(SELECT id FROM removed WHERE url_head IS NULL));
  DELETE FROM item_members WHERE member_item_id = ANY (ARRAY(SELECT id FROM removed));
  RETURN NULL;
END $$;
CREATE TRIGGER items_members_deleted AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION delete_members_of_items();
