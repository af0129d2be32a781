-- The rule of an application as EntryPolicy has it, moments as JSON writes them.
CREATE FUNCTION application_policy(a applications) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT json_build_object('name', a.name, 'disabledAt', a.disabled_at, 'companyIds', a.company_ids,
    'accountTypes', a.account_types, 'roles', a.roles, 'minimumAal', a.minimum_aal, 'maxAge', a.max_age)::text
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION applications_hosts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM application_hosts WHERE application_id = NEW.id;
  IF NEW.kind = 'forward-auth' THEN
    INSERT INTO application_hosts (host, application_id, policy)
    SELECT DISTINCT unnest(NEW.hosts), NEW.id, application_policy(NEW);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER applications_hosts ON applications;
--> statement-breakpoint
CREATE TRIGGER applications_hosts AFTER INSERT OR UPDATE ON applications
FOR EACH ROW EXECUTE FUNCTION applications_hosts();
--> statement-breakpoint
UPDATE application_hosts h SET policy = application_policy(a) FROM applications a WHERE a.id = h.application_id;
--> statement-breakpoint
ALTER TABLE application_hosts ALTER COLUMN policy DROP DEFAULT;
--> statement-breakpoint
-- What is asked about a session of one factor only. A function, because parts of a statement that are seldom run
-- are made ready each time nevertheless, and this statement is run with each request of each application.
CREATE FUNCTION one_factor_standing(person uuid, company uuid, attempt uuid, at timestamptz, not_second text[])
RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object(
    'remembered', EXISTS (SELECT FROM sign_in_attempts t WHERE t.id = attempt AND t.outcome = 'skip'),
    'requiredAt', c.required_at, 'requiredFrom', c.required_from,
    'stands', EXISTS (SELECT FROM authenticators f WHERE f.person_id = person AND f.locked_at IS NULL
        AND f.added_at IS NOT NULL AND f.removed_at IS NULL AND f.factor <> ALL (not_second))
      OR NOT EXISTS (SELECT FROM memberships r JOIN companies k ON k.id = r.company_id
        WHERE r.person_id = person AND r.deactivated_at IS NULL AND r.joined_at IS NOT NULL
          AND (k.required_at IS NOT NULL OR k.required_from <= at)))
    FROM companies c WHERE c.id = company);
END $$;
