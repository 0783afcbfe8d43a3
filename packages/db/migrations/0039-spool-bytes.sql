-- How much the manifests in the spool are, for quotas.

-- Null: not received to its end yet.
ALTER TABLE spooled_manifests ADD COLUMN bytes bigint;
UPDATE spooled_manifests s SET bytes = (SELECT max(p.byte_end) FROM upload_job_parts p
  JOIN upload_jobs j ON j.id = p.job_id WHERE j.spool_key = s.spool_key);
