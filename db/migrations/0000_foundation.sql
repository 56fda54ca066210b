CREATE TABLE "audit_events" (
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"details" jsonb NOT NULL,
	"address" text,
	"user_agent" text,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_events_chain_sequence_pk" PRIMARY KEY("chain","sequence")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"chain" text PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "one_time_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"email" text NOT NULL,
	"binding" text NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"wrong_tries" integer DEFAULT 0 NOT NULL,
	"last_wrong_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	CONSTRAINT "one_time_codes_tries" CHECK ("one_time_codes"."wrong_tries" between 0 and 5),
	CONSTRAINT "one_time_codes_life" CHECK ("one_time_codes"."expires_at" > "one_time_codes"."created_at")
);
--> statement-breakpoint
CREATE TABLE "operational_changes" (
	"version" bigint NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operational_version" (
	"id" integer PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_uses" (
	"key_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"generation" integer NOT NULL,
	"lookup_digest" "bytea" NOT NULL,
	"sealed_api_key" text,
	"masked_prefix" text NOT NULL,
	"last4" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text,
	"expires_at" timestamp with time zone,
	"removed_expires_at" timestamp with time zone,
	"expiration_removed_at" timestamp with time zone,
	"expiration_removed_by" text,
	"expiration_removed_reason" text,
	"expiration_review_on" date,
	"expiration_restored_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	"accepted_until" timestamp with time zone,
	"successor_id" text,
	"deleted_at" timestamp with time zone,
	"deleted_by" text,
	CONSTRAINT "organization_keys_expires_after_creation" CHECK ("organization_keys"."expires_at" > "organization_keys"."created_at"),
	CONSTRAINT "organization_keys_never_expires_by_removal" CHECK ("organization_keys"."expires_at" is not null or "organization_keys"."expiration_removed_at" is not null),
	CONSTRAINT "organization_keys_revoked_has_deadline" CHECK (("organization_keys"."revoked_at" is null) = ("organization_keys"."accepted_until" is null)),
	CONSTRAINT "organization_keys_revoked_has_successor" CHECK ("organization_keys"."revoked_at" is null or "organization_keys"."successor_id" is not null),
	CONSTRAINT "organization_keys_grace" CHECK ("organization_keys"."accepted_until" >= "organization_keys"."revoked_at" and "organization_keys"."accepted_until" <= "organization_keys"."revoked_at" + interval '30 days' and ("organization_keys"."expires_at" is null or "organization_keys"."accepted_until" <= "organization_keys"."expires_at")),
	CONSTRAINT "organization_keys_deleted_is_destroyed" CHECK (("organization_keys"."deleted_at" is null) = ("organization_keys"."sealed_api_key" is not null))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"iso_utc_format" boolean DEFAULT false NOT NULL,
	"request_id_header" text DEFAULT 'X-Customer-Request-Id' NOT NULL,
	"media_limit_bytes" bigint DEFAULT 5242880 NOT NULL,
	"replace_every_days" integer DEFAULT 365 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_replace_every_days" CHECK ("organizations"."replace_every_days" between 1 and 365),
	CONSTRAINT "organizations_media_limit_bytes" CHECK ("organizations"."media_limit_bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_key" text,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_keys_private_until_retired" CHECK (("signing_keys"."sealed_private_key" is null) = ("signing_keys"."retired_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('admin', 'developer', 'auditor', 'member'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stepped_up_at" timestamp with time zone,
	"shown_organization_id" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"image" text,
	"is_support" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_is_lower_case" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_expiration_removed_by_users_id_fk" FOREIGN KEY ("expiration_removed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_revoked_by_users_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_successor_id_organization_keys_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."organization_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_shown_organization_id_organizations_id_fk" FOREIGN KEY ("shown_organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("chain","subject_id");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("chain","at");--> statement-breakpoint
CREATE INDEX "one_time_codes_email" ON "one_time_codes" USING btree ("email","created_at");--> statement-breakpoint
CREATE INDEX "operational_changes_version" ON "operational_changes" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "key_uses_key_address" ON "key_uses" USING btree ("key_id","address");--> statement-breakpoint
CREATE INDEX "key_uses_latest" ON "key_uses" USING btree ("key_id","last_used_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "organization_keys_one_current" ON "organization_keys" USING btree ("organization_id") WHERE "organization_keys"."successor_id" is null and "organization_keys"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_keys_generation" ON "organization_keys" USING btree ("organization_id","generation");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_keys_lookup" ON "organization_keys" USING btree ("lookup_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_keys_one_predecessor" ON "organization_keys" USING btree ("successor_id");--> statement-breakpoint
CREATE INDEX "organization_keys_due" ON "organization_keys" USING btree ("expires_at") WHERE "organization_keys"."successor_id" is null and "organization_keys"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");