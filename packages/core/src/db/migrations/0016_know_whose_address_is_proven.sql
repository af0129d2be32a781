ALTER TABLE "persons" ADD COLUMN "email_proven_at" timestamp (3) with time zone;--> statement-breakpoint
-- Whoever has a password came by a link mailed to their address; not so where an administrator wrote another since.
UPDATE persons p SET email_proven_at = p.created_at
WHERE p.password_hash IS NOT NULL AND NOT EXISTS (
  SELECT FROM audit_events e WHERE e.subject_id = p.id AND e.event = 'employee.changed' AND e.detail ->> 'fields' LIKE '%email%');
