-- What stands beside a session about its person is written again in the transaction that changes it, whoever does.
CREATE FUNCTION sessions_refresh(person uuid) RETURNS void LANGUAGE sql AS $$
  UPDATE sessions s SET
    (name, email) = (SELECT p.name, p.email FROM persons p WHERE p.id = person),
    (role, account_type) = (SELECT m.role, m.account_type FROM memberships m
      WHERE m.company_id = s.company_id AND m.person_id = person AND m.joined_at IS NOT NULL AND m.deactivated_at IS NULL),
    companies = (SELECT count(*) FROM memberships m
      WHERE m.person_id = person AND m.joined_at IS NOT NULL AND m.deactivated_at IS NULL)
  WHERE s.person_id = person AND s.ended_at IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION sessions_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'companies' THEN
    UPDATE sessions SET company_name = NEW.name WHERE company_id = NEW.id AND ended_at IS NULL;
  ELSIF TG_TABLE_NAME = 'persons' THEN
    PERFORM sessions_refresh(NEW.id);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM sessions_refresh(OLD.person_id);
  ELSE
    PERFORM sessions_refresh(NEW.person_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER persons_sessions_follow AFTER UPDATE OF name, email ON persons FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.email IS DISTINCT FROM NEW.email)
EXECUTE FUNCTION sessions_follow();
--> statement-breakpoint
CREATE TRIGGER memberships_sessions_follow AFTER UPDATE OF role, account_type, joined_at, deactivated_at, person_id, company_id
ON memberships FOR EACH ROW
WHEN ((OLD.role, OLD.account_type, OLD.joined_at, OLD.deactivated_at, OLD.person_id, OLD.company_id)
  IS DISTINCT FROM (NEW.role, NEW.account_type, NEW.joined_at, NEW.deactivated_at, NEW.person_id, NEW.company_id))
EXECUTE FUNCTION sessions_follow();
--> statement-breakpoint
CREATE TRIGGER memberships_sessions_join AFTER INSERT ON memberships FOR EACH ROW
WHEN (NEW.joined_at IS NOT NULL AND NEW.deactivated_at IS NULL)
EXECUTE FUNCTION sessions_follow();
--> statement-breakpoint
CREATE TRIGGER memberships_sessions_leave AFTER DELETE ON memberships FOR EACH ROW
EXECUTE FUNCTION sessions_follow();
--> statement-breakpoint
CREATE TRIGGER companies_sessions_follow AFTER UPDATE OF name ON companies FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name)
EXECUTE FUNCTION sessions_follow();
--> statement-breakpoint
-- Sessions from before these columns.
UPDATE sessions s SET company_name = (SELECT c.name FROM companies c WHERE c.id = s.company_id) WHERE ended_at IS NULL;
--> statement-breakpoint
SELECT sessions_refresh(person_id) FROM sessions WHERE ended_at IS NULL;
--> statement-breakpoint
-- What reading a session asks only of the few: PostgreSQL prepares every subquery of a statement at each run, whether
-- or not it is reached, but a function only when it is called.
CREATE FUNCTION companies_open_to(person uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN array(SELECT m.company_id FROM memberships m
    WHERE m.person_id = person AND m.deactivated_at IS NULL AND m.joined_at IS NOT NULL ORDER BY m.company_id);
END $$;
--> statement-breakpoint
-- A session with the password alone lives while its person holds a second factor, or while nobody requires one.
CREATE FUNCTION one_factor_suffices(person uuid, no_second_factors text[], at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM authenticators a WHERE a.person_id = person AND a.added_at IS NOT NULL
      AND a.removed_at IS NULL AND a.locked_at IS NULL AND a.factor <> ALL (no_second_factors))
    OR NOT EXISTS (SELECT FROM memberships m JOIN companies k ON k.id = m.company_id
      WHERE m.person_id = person AND m.deactivated_at IS NULL AND m.joined_at IS NOT NULL
        AND (k.required_at IS NOT NULL OR k.required_from <= at));
END $$;
