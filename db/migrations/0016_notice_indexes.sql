DROP INDEX "notice_deliveries_unread";--> statement-breakpoint
CREATE INDEX "notices_age" ON "notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notice_deliveries_unread" ON "notice_deliveries" USING btree ("user_id","organization_id","created_at","notice_id") WHERE "notice_deliveries"."read_at" is null;