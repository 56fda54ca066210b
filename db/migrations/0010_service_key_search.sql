DROP INDEX "service_keys_name";--> statement-breakpoint
CREATE INDEX "service_keys_name_part" ON "service_keys" USING gin ("organization_id",lower("name") gin_trgm_ops) WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_users_name_part" ON "service_users" USING gin ("organization_id",lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "service_keys_name" ON "service_keys" USING btree ("organization_id",lower("name"),"id","name") WHERE "service_keys"."deleted_at" is null;