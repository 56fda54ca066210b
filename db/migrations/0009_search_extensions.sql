-- Parts of names are found by their groups of three letters, within one organization. Both extensions are trusted:
-- the database's owner may add them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
-- Postgres does not learn from partial indexes how common a value of an expression is, and would sort a whole
-- organization where a few steps along an index are enough.
CREATE STATISTICS service_keys_lower_name ON (lower(name)) FROM service_keys;
--> statement-breakpoint
CREATE STATISTICS service_keys_expiry ON (coalesce(expires_at, 'infinity')) FROM service_keys;
