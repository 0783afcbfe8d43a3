-- An element of a manifest may become several items: one for each DICOM series that it holds.

ALTER TABLE upload_job_parts
  -- By the index of such a unit in the part the ids of its items, in their order; null: each unit is one item at most.
  ADD COLUMN several_items jsonb;
