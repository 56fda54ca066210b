ALTER TABLE "one_time_codes" ADD COLUMN "asked_from" text;--> statement-breakpoint
CREATE INDEX "one_time_codes_asked_from" ON "one_time_codes" USING btree ("asked_from","created_at");