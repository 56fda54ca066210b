CREATE TABLE "notice_deliveries" (
	"notice_id" text NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"mail_tries" integer DEFAULT 0 NOT NULL,
	"next_mail_at" timestamp with time zone,
	"mail_problem" text,
	"mailed_at" timestamp with time zone,
	"dropped_at" timestamp with time zone,
	"drop_reason" text,
	CONSTRAINT "notice_deliveries_notice_id_user_id_pk" PRIMARY KEY("notice_id","user_id"),
	CONSTRAINT "notice_deliveries_one_mail_state" CHECK (num_nonnulls("notice_deliveries"."next_mail_at", "notice_deliveries"."mailed_at", "notice_deliveries"."dropped_at") = 1),
	CONSTRAINT "notice_deliveries_dropped_why" CHECK (("notice_deliveries"."dropped_at" is null) = ("notice_deliveries"."drop_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"occasion" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "organization_keys_due";--> statement-breakpoint
ALTER TABLE "organization_keys" ADD COLUMN "replace_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_deliveries_list" ON "notice_deliveries" USING btree ("user_id","organization_id","created_at","notice_id");--> statement-breakpoint
CREATE INDEX "notice_deliveries_unread" ON "notice_deliveries" USING btree ("user_id","organization_id") WHERE "notice_deliveries"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notice_deliveries_due" ON "notice_deliveries" USING btree ("next_mail_at") WHERE "notice_deliveries"."next_mail_at" is not null;--> statement-breakpoint
CREATE INDEX "notice_deliveries_waiting" ON "notice_deliveries" USING btree ("organization_id","created_at") WHERE "notice_deliveries"."next_mail_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("subject_id","kind","occasion");--> statement-breakpoint
CREATE INDEX "notices_created" ON "notices" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "key_uses_organization" ON "key_uses" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "organization_keys_replacement_due" ON "organization_keys" USING btree (organization_key_replacement_due("created_at", "expiration_restored_at", "expires_at", "replace_by")) WHERE "organization_keys"."successor_id" is null and "organization_keys"."deleted_at" is null and "organization_keys"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "organization_keys_retiring" ON "organization_keys" USING btree ("accepted_until") WHERE "organization_keys"."accepted_until" is not null and "organization_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_ending" ON "service_keys" USING btree ("expires_at") WHERE "service_keys"."deleted_at" is null and "service_keys"."disabled_at" is null and "service_keys"."expires_at" is not null;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_replace_by" CHECK ("organization_keys"."replace_by" is null or ("organization_keys"."expires_at" is not null and "organization_keys"."replace_by" > "organization_keys"."created_at" and "organization_keys"."replace_by" < "organization_keys"."expires_at"));