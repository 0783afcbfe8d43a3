-- How far an open part is while the server measures it. Zero for a part that is not being measured: whoever takes it
-- begins again, and what it comes to is counted once, when it is done.

ALTER TABLE upload_job_parts ADD COLUMN units_to_measure integer NOT NULL DEFAULT 0;
-- Of these, the ones that were measured, and the ones that could not be.
ALTER TABLE upload_job_parts ADD COLUMN units_measured integer NOT NULL DEFAULT 0;
ALTER TABLE upload_job_parts ADD COLUMN units_unmeasurable integer NOT NULL DEFAULT 0;
-- A job shows the sum of the few parts that are being measured, of thousands.
CREATE INDEX upload_job_parts_measuring ON upload_job_parts (job_id) WHERE units_to_measure > 0;
