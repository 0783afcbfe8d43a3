-- Where the fields of a CSV manifest stand, so that an error of a cell names its column.

ALTER TABLE upload_jobs ADD COLUMN csv_columns jsonb;
