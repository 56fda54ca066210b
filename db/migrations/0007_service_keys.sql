CREATE TABLE "idempotency_keys" (
	"caller_key_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"question_digest" "bytea" NOT NULL,
	"subject_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_key_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"lookup_digest" "bytea" NOT NULL,
	"masked_prefix" text NOT NULL,
	"last4" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text,
	"created_by_key_id" text,
	"replaced_at" timestamp with time zone,
	"accepted_until" timestamp with time zone,
	CONSTRAINT "service_key_secrets_replaced_has_deadline" CHECK (("service_key_secrets"."replaced_at" is null) = ("service_key_secrets"."accepted_until" is null)),
	CONSTRAINT "service_key_secrets_overlap" CHECK ("service_key_secrets"."accepted_until" >= "service_key_secrets"."replaced_at" and "service_key_secrets"."accepted_until" <= "service_key_secrets"."replaced_at" + interval '168 hours')
);
--> statement-breakpoint
CREATE TABLE "service_key_uses" (
	"key_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"last_used_at" timestamp with time zone,
	"last_used_from" text,
	"last_user_agent" text,
	"refused_at" timestamp with time zone,
	"refused_from" text,
	"refused_user_agent" text,
	"refused_code" text,
	CONSTRAINT "service_key_uses_used_whole" CHECK (("service_key_uses"."last_used_at" is null) = ("service_key_uses"."last_used_from" is null) and ("service_key_uses"."last_used_at" is null) = ("service_key_uses"."last_user_agent" is null)),
	CONSTRAINT "service_key_uses_refused_whole" CHECK (("service_key_uses"."refused_at" is null) = ("service_key_uses"."refused_from" is null) and ("service_key_uses"."refused_at" is null) = ("service_key_uses"."refused_user_agent" is null) and ("service_key_uses"."refused_at" is null) = ("service_key_uses"."refused_code" is null))
);
--> statement-breakpoint
CREATE TABLE "service_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"service_user_id" text NOT NULL,
	"name" text NOT NULL,
	"access_level" text NOT NULL,
	"allowed_ranges" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text,
	"created_by_key_id" text,
	"expires_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" text,
	CONSTRAINT "service_keys_name_has_text" CHECK (length(btrim("service_keys"."name")) between 1 and 100),
	CONSTRAINT "service_keys_access_level" CHECK ("service_keys"."access_level" in ('read', 'read-write', 'full')),
	CONSTRAINT "service_keys_allowed_ranges" CHECK (cardinality("service_keys"."allowed_ranges") <= 100 and "service_keys"."allowed_ranges"::cidr[] is not null),
	CONSTRAINT "service_keys_expires_after_creation" CHECK ("service_keys"."expires_at" > "service_keys"."created_at"),
	CONSTRAINT "service_keys_disabled_in_time" CHECK ("service_keys"."disabled_at" >= "service_keys"."created_at" and ("service_keys"."expires_at" is null or "service_keys"."disabled_at" < "service_keys"."expires_at")),
	CONSTRAINT "service_keys_changed_after_creation" CHECK ("service_keys"."changed_at" >= "service_keys"."created_at"),
	CONSTRAINT "service_keys_deleted_by_somebody" CHECK ("service_keys"."deleted_by" is null or "service_keys"."deleted_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "service_users" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_users_in_organization" UNIQUE("organization_id","id"),
	CONSTRAINT "service_users_name_has_text" CHECK (length(btrim("service_users"."name")) between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "service_key_secrets" ADD CONSTRAINT "service_key_secrets_key_id_service_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."service_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_key_secrets" ADD CONSTRAINT "service_key_secrets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_key_uses" ADD CONSTRAINT "service_key_uses_key_id_service_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."service_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_service_user" FOREIGN KEY ("organization_id","service_user_id") REFERENCES "public"."service_users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_users" ADD CONSTRAINT "service_users_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idempotency_keys_caller" ON "idempotency_keys" USING btree ("caller_key_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "service_key_secrets_lookup" ON "service_key_secrets" USING btree ("lookup_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "service_key_secrets_one_current" ON "service_key_secrets" USING btree ("key_id") WHERE "service_key_secrets"."replaced_at" is null;--> statement-breakpoint
CREATE INDEX "service_key_secrets_key" ON "service_key_secrets" USING btree ("key_id","created_at");--> statement-breakpoint
CREATE INDEX "service_key_uses_latest" ON "service_key_uses" USING btree ("organization_id",coalesce("last_used_at", '-infinity'),"key_id");--> statement-breakpoint
CREATE INDEX "service_keys_created" ON "service_keys" USING btree ("organization_id","created_at","id") WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_name" ON "service_keys" USING btree ("organization_id",lower("name"),"id") WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_expires" ON "service_keys" USING btree ("organization_id",coalesce("expires_at", 'infinity'),"id") WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_user" ON "service_keys" USING btree ("service_user_id","created_at","id") WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_access" ON "service_keys" USING btree ("organization_id","access_level","created_at","id") WHERE "service_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "service_keys_disabled" ON "service_keys" USING btree ("organization_id","created_at","id") WHERE "service_keys"."deleted_at" is null and "service_keys"."disabled_at" is not null;--> statement-breakpoint
CREATE INDEX "service_keys_any_address" ON "service_keys" USING btree ("organization_id","created_at","id") WHERE "service_keys"."deleted_at" is null and "service_keys"."allowed_ranges" = '{}';--> statement-breakpoint
CREATE INDEX "service_keys_never_expires" ON "service_keys" USING btree ("organization_id","created_at","id") WHERE "service_keys"."deleted_at" is null and "service_keys"."expires_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "service_users_name" ON "service_users" USING btree ("organization_id",lower("name"));