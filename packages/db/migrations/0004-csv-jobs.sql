-- A manifest that came as CSV is kept as NDJSON, and its failed units go back as CSV.

ALTER TABLE upload_jobs DROP CONSTRAINT upload_jobs_format_check;
ALTER TABLE upload_jobs ADD CONSTRAINT upload_jobs_format_check CHECK (format IN ('json', 'ndjson', 'csv'));
