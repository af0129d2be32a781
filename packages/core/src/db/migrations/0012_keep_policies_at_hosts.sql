-- Hosts that are registered already get theirs with the next migration.
ALTER TABLE "application_hosts" ADD COLUMN "policy" text DEFAULT '' NOT NULL;
