-- Media metadata that the server measured itself, where the manifest gives none.

-- Not looked up in the rows that are there: all of them passed the check that this one widens.
ALTER TABLE items DROP CONSTRAINT items_metadata_source_check,
  ADD CONSTRAINT items_metadata_source_check CHECK (metadata_source IN ('manifest', 'probe')) NOT VALID;
ALTER TABLE item_members DROP CONSTRAINT item_members_metadata_source_check,
  ADD CONSTRAINT item_members_metadata_source_check CHECK (metadata_source IN ('manifest', 'probe')) NOT VALID;

-- What the first pass of an all-or-nothing job has measured, for the second; null otherwise.
ALTER TABLE upload_job_parts ADD COLUMN measured bytea;
