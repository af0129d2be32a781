CREATE TABLE "application_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"session_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"ticket_hash" "bytea",
	"browser_hash" "bytea",
	"host" text NOT NULL,
	"token_hash" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"ticket_expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "passes_ticket_or_pass" CHECK (("passes"."ticket_hash" is null) = ("passes"."token_hash" is not null))
);
--> statement-breakpoint
ALTER TABLE "application_hosts" ADD CONSTRAINT "application_hosts_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_hosts_application" ON "application_hosts" USING btree ("application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passes_ticket" ON "passes" USING btree ("ticket_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "passes_token" ON "passes" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "passes_session" ON "passes" USING btree ("session_id");