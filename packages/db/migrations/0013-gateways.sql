-- Addresses that serve objects without signatures, and the buckets that they stand for: [{"url", "bucketUrl"}].

ALTER TABLE integrations ADD COLUMN gateways jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(gateways) = 'array');
