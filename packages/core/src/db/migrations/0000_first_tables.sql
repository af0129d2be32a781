CREATE TABLE "audit_events" (
	"company_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" text NOT NULL,
	"outcome" text NOT NULL,
	"actor_id" uuid,
	"subject_id" uuid,
	"factor" text,
	"attempt_id" uuid,
	"session_id" uuid,
	"address" text,
	"user_agent" text,
	"request_id" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_events_company_id_seq_pk" PRIMARY KEY("company_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authenticators" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"company_id" uuid,
	"factor" text NOT NULL,
	"name" text NOT NULL,
	"credential" text,
	"version" integer DEFAULT 1 NOT NULL,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"locked_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "caller_checks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"reported_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "challenges" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"purpose" text NOT NULL,
	"person_id" uuid NOT NULL,
	"attempt_id" uuid,
	"session_id" uuid,
	"authenticator_id" uuid NOT NULL,
	"factor" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"max_tries" integer DEFAULT 5 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	CONSTRAINT "challenges_one_owner" CHECK (num_nonnulls("challenges"."attempt_id", "challenges"."session_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"required_at" timestamp (3) with time zone,
	"required_by" uuid,
	"required_from" timestamp (3) with time zone,
	"announced_at" timestamp (3) with time zone,
	"phone_change_hours" integer DEFAULT 72 NOT NULL,
	"passcode_minutes" integer DEFAULT 60 NOT NULL,
	"two_part_passcodes" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "companies_phone_change_hours" CHECK ("companies"."phone_change_hours" between 0 and 72),
	CONSTRAINT "companies_passcode_minutes" CHECK ("companies"."passcode_minutes" between 10 and 1440)
);
--> statement-breakpoint
CREATE TABLE "duo_settings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"integration_key" text NOT NULL,
	"secret" text,
	"api_host" text NOT NULL,
	"tested_at" timestamp (3) with time zone NOT NULL,
	"set_up_at" timestamp (3) with time zone NOT NULL,
	"set_up_by" uuid,
	"rotated_at" timestamp (3) with time zone,
	"reset_at" timestamp (3) with time zone,
	"reset_by" uuid,
	"people_reset" integer,
	"sessions_ended" integer,
	CONSTRAINT "duo_settings_secret_wiped" CHECK (("duo_settings"."reset_at" is null) = ("duo_settings"."secret" is not null))
);
--> statement-breakpoint
CREATE TABLE "guards" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"window_at" timestamp (3) with time zone NOT NULL,
	"window_count" integer DEFAULT 0 NOT NULL,
	"day_at" timestamp (3) with time zone NOT NULL,
	"day_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"window_at" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"blocked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"company_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"cells" text[] NOT NULL,
	"values" jsonb NOT NULL,
	"done_at" timestamp (3) with time zone,
	"problem" text,
	CONSTRAINT "import_rows_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"request_id" text NOT NULL,
	"header" text[] NOT NULL,
	"total" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"person_id" uuid NOT NULL,
	"company_id" uuid,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mail_batches" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"company_id" uuid NOT NULL,
	"template" text NOT NULL,
	"audience" text NOT NULL,
	"params" jsonb NOT NULL,
	"total" integer NOT NULL,
	"cursor" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"company_id" uuid,
	"person_id" uuid,
	"batch_id" uuid,
	"recipient" text NOT NULL,
	"template" text NOT NULL,
	"params" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text DEFAULT 'employee' NOT NULL,
	"account_type" text DEFAULT 'employee' NOT NULL,
	"mobile_number" text,
	"line_type" text,
	"invited_at" timestamp (3) with time zone,
	"invited_name" text,
	"joined_at" timestamp (3) with time zone,
	"deactivated_at" timestamp (3) with time zone,
	"last_sign_in_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"sort_name" text DEFAULT '' NOT NULL,
	"sort_email" text DEFAULT '' NOT NULL,
	"search" text DEFAULT '' NOT NULL,
	CONSTRAINT "memberships_client_role" CHECK ("memberships"."account_type" = 'employee' or "memberships"."role" = 'employee')
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"password_hash" text,
	"password_changed_at" timestamp (3) with time zone,
	"password_reset_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "persons_email_shape" CHECK (position('@' in "persons"."email") > 1 and length("persons"."email") <= 320)
);
--> statement-breakpoint
CREATE TABLE "phone_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"authenticator_id" uuid NOT NULL,
	"number" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone NOT NULL,
	"approved_by" uuid,
	"done_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"cancelled_by" uuid,
	CONSTRAINT "phone_changes_one_end" CHECK (num_nonnulls("phone_changes"."done_at", "phone_changes"."cancelled_at") <= 1)
);
--> statement-breakpoint
CREATE TABLE "push_devices" (
	"authenticator_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"paired_at" timestamp (3) with time zone,
	"device" text,
	"token_hash" "bytea",
	"stolen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "push_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"authenticator_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"company_id" uuid,
	"company_name" text,
	"owner_kind" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"number" text NOT NULL,
	"address" text NOT NULL,
	"browser" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decision" text,
	"decided_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"authenticator_id" uuid NOT NULL,
	"endpoint_hash" "bytea" NOT NULL,
	"subscription" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sends" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"destination" "bytea" NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"person_id" uuid NOT NULL,
	"company_id" uuid,
	"attempt_id" uuid,
	"aal" integer NOT NULL,
	"amr" text[] NOT NULL,
	"authenticator_id" uuid,
	"factor_at" timestamp (3) with time zone,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"idle_seconds" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_aal" CHECK (("sessions"."aal" = 2) = ("sessions"."factor_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"person_id" uuid NOT NULL,
	"company_ids" uuid[] NOT NULL,
	"company_id" uuid,
	"outcome" text NOT NULL,
	"reason" jsonb NOT NULL,
	"amr" text[] NOT NULL,
	"factor_at" timestamp (3) with time zone,
	"email_proven_at" timestamp (3) with time zone,
	"next_password_hash" text,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "network_trusts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"company_id" uuid NOT NULL,
	"network_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"spent" "bytea"[] DEFAULT '{}' NOT NULL,
	"verified_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "trusted_networks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"name" text NOT NULL,
	"cidr" "cidr" NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_checks" ADD CONSTRAINT "caller_checks_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_checks" ADD CONSTRAINT "caller_checks_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_checks" ADD CONSTRAINT "caller_checks_asked_by_persons_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_authenticator_id_authenticators_id_fk" FOREIGN KEY ("authenticator_id") REFERENCES "public"."authenticators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duo_settings" ADD CONSTRAINT "duo_settings_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guards" ADD CONSTRAINT "guards_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_changes" ADD CONSTRAINT "phone_changes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_changes" ADD CONSTRAINT "phone_changes_authenticator_id_authenticators_id_fk" FOREIGN KEY ("authenticator_id") REFERENCES "public"."authenticators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_trusts" ADD CONSTRAINT "network_trusts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_trusts" ADD CONSTRAINT "network_trusts_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_trusts" ADD CONSTRAINT "network_trusts_network_id_trusted_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."trusted_networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trusted_networks" ADD CONSTRAINT "trusted_networks_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("company_id","at");--> statement-breakpoint
CREATE INDEX "authenticators_person" ON "authenticators" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "caller_checks_person" ON "caller_checks" USING btree ("person_id","expires_at");--> statement-breakpoint
CREATE INDEX "challenges_person" ON "challenges" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "duo_settings_in_use" ON "duo_settings" USING btree ("company_id") WHERE "duo_settings"."reset_at" is null;--> statement-breakpoint
CREATE INDEX "imports_company" ON "imports" USING btree ("company_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "links_token" ON "links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "links_person" ON "links" USING btree ("person_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_batches_key" ON "mail_batches" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mail_batches_company" ON "mail_batches" USING btree ("company_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_key" ON "mails" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mails_company" ON "mails" USING btree ("company_id","template","created_at");--> statement-breakpoint
CREATE INDEX "mails_batch" ON "mails" USING btree ("batch_id") WHERE "mails"."batch_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_company_person" ON "memberships" USING btree ("company_id","person_id");--> statement-breakpoint
CREATE INDEX "memberships_person" ON "memberships" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "memberships_by_name" ON "memberships" USING btree ("company_id","sort_name","person_id");--> statement-breakpoint
CREATE INDEX "memberships_by_email" ON "memberships" USING btree ("company_id","sort_email","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_email" ON "persons" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "phone_changes_waiting" ON "phone_changes" USING btree ("person_id") WHERE "phone_changes"."done_at" is null and "phone_changes"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "phone_changes_ready" ON "phone_changes" USING btree ("ready_at") WHERE "phone_changes"."done_at" is null and "phone_changes"."cancelled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "push_devices_code" ON "push_devices" USING btree ("code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "push_devices_token" ON "push_devices" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "push_devices_person" ON "push_devices" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "push_requests_person" ON "push_requests" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "push_requests_authenticator" ON "push_requests" USING btree ("authenticator_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_one" ON "push_subscriptions" USING btree ("authenticator_id","endpoint_hash");--> statement-breakpoint
CREATE INDEX "sends_person" ON "sends" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "sends_destination" ON "sends" USING btree ("destination","at");--> statement-breakpoint
CREATE INDEX "sends_address" ON "sends" USING btree ("address","at");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_attempts_token" ON "sign_in_attempts" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_person" ON "sign_in_attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "network_trusts_person" ON "network_trusts" USING btree ("person_id","company_id");--> statement-breakpoint
CREATE INDEX "network_trusts_network" ON "network_trusts" USING btree ("network_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trusted_networks_company" ON "trusted_networks" USING btree ("company_id","cidr");