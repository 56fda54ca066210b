CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"key_id" text NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "media_bytes" CHECK ("media"."bytes" > 0),
	CONSTRAINT "media_sha256" CHECK (length("media"."sha256") = 32)
);
--> statement-breakpoint
CREATE TABLE "media_chunks" (
	"media_id" text NOT NULL,
	"position" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "media_chunks_media_id_position_pk" PRIMARY KEY("media_id","position")
);
--> statement-breakpoint
CREATE TABLE "media_limit_changes" (
	"organization_id" text NOT NULL,
	"number" integer NOT NULL,
	"from_bytes" bigint NOT NULL,
	"to_bytes" bigint NOT NULL,
	"ends_at" timestamp with time zone,
	"reason" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"request_id" text,
	CONSTRAINT "media_limit_changes_organization_id_number_pk" PRIMARY KEY("organization_id","number"),
	CONSTRAINT "media_limit_changes_ends_later" CHECK ("media_limit_changes"."ends_at" > "media_limit_changes"."changed_at")
);
--> statement-breakpoint
CREATE TABLE "media_limit_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"wanted_bytes" bigint NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"granted_bytes" bigint,
	"answer" text,
	CONSTRAINT "media_limit_requests_wanted_bytes" CHECK ("media_limit_requests"."wanted_bytes" > 0),
	CONSTRAINT "media_limit_requests_answered_by_somebody" CHECK (("media_limit_requests"."answered_at" is null) = ("media_limit_requests"."answered_by" is null) and ("media_limit_requests"."answered_at" is null) = ("media_limit_requests"."answer" is null)),
	CONSTRAINT "media_limit_requests_granted_when_answered" CHECK ("media_limit_requests"."granted_bytes" is null or "media_limit_requests"."answered_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_media_limit_bytes";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "temporary_media_limit_bytes" bigint;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "temporary_media_limit_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_chunks" ADD CONSTRAINT "media_chunks_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_changes" ADD CONSTRAINT "media_limit_changes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_changes" ADD CONSTRAINT "media_limit_changes_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_changes" ADD CONSTRAINT "media_limit_changes_request_id_media_limit_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."media_limit_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_requests" ADD CONSTRAINT "media_limit_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_requests" ADD CONSTRAINT "media_limit_requests_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_limit_requests" ADD CONSTRAINT "media_limit_requests_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_organization" ON "media" USING btree ("organization_id","bytes");--> statement-breakpoint
CREATE UNIQUE INDEX "media_limit_requests_one_open" ON "media_limit_requests" USING btree ("organization_id") WHERE "media_limit_requests"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "media_limit_requests_latest" ON "media_limit_requests" USING btree ("organization_id","created_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_temporary_media_limit" CHECK (("organizations"."temporary_media_limit_bytes" is null) = ("organizations"."temporary_media_limit_ends_at" is null) and "organizations"."temporary_media_limit_bytes" between 1 and 104857600);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_media_limit_bytes" CHECK ("organizations"."media_limit_bytes" between 1 and 104857600);