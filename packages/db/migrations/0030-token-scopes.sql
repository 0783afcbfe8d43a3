-- API tokens that may only read.

ALTER TABLE api_tokens ADD COLUMN scope text NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'read'));
