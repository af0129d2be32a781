CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"logo" text,
	"colour" text,
	"secret_hash" "bytea",
	"redirect_uris" text[] DEFAULT '{}' NOT NULL,
	"post_logout_redirect_uris" text[] DEFAULT '{}' NOT NULL,
	"backchannel_logout_uri" text,
	"hosts" text[] DEFAULT '{}' NOT NULL,
	"home_url" text,
	"company_ids" uuid[],
	"account_types" text[] NOT NULL,
	"roles" text[] NOT NULL,
	"minimum_aal" integer DEFAULT 1 NOT NULL,
	"max_age" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "applications_colour" CHECK ("applications"."colour" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "applications_minimum_aal" CHECK ("applications"."minimum_aal" in (1, 2)),
	CONSTRAINT "applications_max_age" CHECK ("applications"."max_age" > 0),
	CONSTRAINT "applications_kind" CHECK ("applications"."kind" = 'oidc' or "applications"."secret_hash" is null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "applications_client_id" ON "applications" USING btree ("client_id");