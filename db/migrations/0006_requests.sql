-- Every call of the API, a partition a day, so that old ones are dropped and not deleted row by row. The table is
-- outside of the generated schema, which knows no partitions; lib/call-log writes it and lib/requests reads it.
CREATE TABLE "requests" (
  "at" timestamp with time zone NOT NULL,
  "id" text NOT NULL,
  "organization_id" text,
  "key_id" text,
  "code" text NOT NULL,
  "status" smallint NOT NULL,
  "method" text NOT NULL,
  "path" text NOT NULL,
  "address" text NOT NULL,
  "duration_us" integer NOT NULL,
  "customer_request_id" text
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE INDEX "requests_organization" ON "requests" ("organization_id", "at" DESC) WHERE "organization_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "requests_key" ON "requests" ("key_id", "at" DESC) WHERE "key_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "requests_customer_request_id" ON "requests" ("organization_id", "customer_request_id", "at" DESC)
  WHERE "customer_request_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "requests_not_ok" ON "requests" ("organization_id", "at" DESC) WHERE "organization_id" IS NOT NULL AND "status" >= 400;
--> statement-breakpoint
-- Which batches of rows are in: whoever lost the connection at a commit asks here before writing the batch again.
CREATE TABLE "request_batches" (
  "id" text PRIMARY KEY NOT NULL,
  "at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- SECURITY DEFINER: the application's role owns no tables. Attaching locks readers out for an instant only, while
-- CREATE TABLE ... PARTITION OF would wait for all of them.
CREATE FUNCTION prepare_requests_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  partition text := 'requests_' || to_char(day, 'YYYYMMDD');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('requests partitions'));
  IF to_regclass(partition) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE requests INCLUDING ALL)', partition);
  EXECUTE format('ALTER TABLE requests ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition,
    day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
END $$;
--> statement-breakpoint
-- Drops the partitions of whole days before `day`, but never of yesterday or later; answers how many. Gives up, with
-- an error, when readers do not make room soon.
CREATE FUNCTION drop_requests_before(day date) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
  SET lock_timeout = '2s' AS $$
DECLARE
  partition regclass;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('requests partitions'));
  FOR partition IN
    SELECT inhrelid::regclass FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'requests'::regclass
      AND relname < 'requests_' || to_char(least(day, (now() AT TIME ZONE 'UTC')::date - 1), 'YYYYMMDD')
    ORDER BY relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION prepare_requests_day(date), drop_requests_before(date) FROM PUBLIC;
