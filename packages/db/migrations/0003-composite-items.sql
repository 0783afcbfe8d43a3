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
  type text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
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
  media_details jsonb,
  PRIMARY KEY (item_id, position)
);
CREATE INDEX item_members_by_id ON item_members (id);

CREATE FUNCTION delete_members_of_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM item_members WHERE item_id = ANY (ARRAY(SELECT id FROM removed WHERE url_head IS NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER items_members_deleted AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION delete_members_of_items();
