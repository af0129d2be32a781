CREATE TABLE "oidc_records" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"application_id" uuid NOT NULL,
	"session_id" uuid,
	"grant_id" uuid,
	"browser_hash" "bytea",
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	CONSTRAINT "oidc_records_owner" CHECK (case "oidc_records"."kind" when 'interaction' then "oidc_records"."browser_hash" is not null and "oidc_records"."session_id" is null
        else "oidc_records"."browser_hash" is null and "oidc_records"."session_id" is not null and "oidc_records"."grant_id" is not null end)
);
--> statement-breakpoint
CREATE TABLE "session_applications" (
	"session_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "session_applications_session_id_application_id_pk" PRIMARY KEY("session_id","application_id")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"alg" text NOT NULL,
	"jwk" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"signs_from" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "signing_alg" text DEFAULT 'RS256' NOT NULL;--> statement-breakpoint
ALTER TABLE "oidc_records" ADD CONSTRAINT "oidc_records_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oidc_records" ADD CONSTRAINT "oidc_records_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_applications" ADD CONSTRAINT "session_applications_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_applications" ADD CONSTRAINT "session_applications_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "oidc_records_grant" ON "oidc_records" USING btree ("grant_id") WHERE "oidc_records"."grant_id" is not null;--> statement-breakpoint
CREATE INDEX "oidc_records_session" ON "oidc_records" USING btree ("session_id") WHERE "oidc_records"."session_id" is not null;--> statement-breakpoint
CREATE INDEX "oidc_records_expiry" ON "oidc_records" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_applications_application" ON "session_applications" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "signing_keys_order" ON "signing_keys" USING btree ("alg","signs_from");