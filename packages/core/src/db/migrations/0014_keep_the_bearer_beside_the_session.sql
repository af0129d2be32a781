ALTER TABLE "sessions" ADD COLUMN "name" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "name" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "email" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "email" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "company_name" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "account_type" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "companies" integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "companies" DROP DEFAULT;
