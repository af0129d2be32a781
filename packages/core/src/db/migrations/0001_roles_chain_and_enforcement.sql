-- Roles. The logins are the operator's; without them the portal uses SET ROLE on one login.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    CREATE ROLE countersign_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_worker') THEN
    CREATE ROLE countersign_worker NOLOGIN;
  END IF;
  EXECUTE format('GRANT countersign_app, countersign_worker TO %I', current_user);
  EXECUTE format('GRANT CREATE ON DATABASE %I TO countersign_worker', current_database());
END $$;
--> statement-breakpoint
CREATE SCHEMA graphile_worker AUTHORIZATION countersign_worker;
--> statement-breakpoint
CREATE SCHEMA jobs AUTHORIZATION countersign_worker;
--> statement-breakpoint
SET LOCAL ROLE countersign_worker;
--> statement-breakpoint
-- The app may put work into the queue and nothing else; it takes part in the caller's transaction.
CREATE FUNCTION jobs.enqueue(task text, payload json, job_key text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(task, payload := payload, job_key := job_key, max_attempts := 20);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION jobs.enqueue(text, json, text) FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA jobs TO countersign_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION jobs.enqueue(text, json, text) TO countersign_app;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- The chain: each row is numbered and hashed with its predecessor, whoever inserts it.
CREATE FUNCTION audit_events_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOOP
    -- Numbered, hashed and remembered in one write, while the row lock keeps everybody else waiting.
    UPDATE audit_heads h SET seq = h.seq + 1, hash = sha256(h.hash || convert_to(concat_ws(E'\x1f',
      NEW.company_id, h.seq + 1, NEW.id, (extract(epoch FROM NEW.at) * 1000)::bigint, NEW.event, NEW.outcome,
      coalesce(NEW.actor_id::text, ''), coalesce(NEW.subject_id::text, ''), coalesce(NEW.factor, ''),
      coalesce(NEW.attempt_id::text, ''), coalesce(NEW.session_id::text, ''), coalesce(NEW.address, ''),
      coalesce(NEW.user_agent, ''), coalesce(NEW.request_id, ''), NEW.detail::text), 'UTF8'))
    WHERE h.company_id = NEW.company_id
    RETURNING WITH (OLD AS before, NEW AS after) after.seq, before.hash, after.hash
    INTO NEW.seq, NEW.prev_hash, NEW.hash;
    EXIT WHEN FOUND;
    INSERT INTO audit_heads (company_id, seq, hash) VALUES (NEW.company_id, 0, sha256('')) ON CONFLICT DO NOTHING;
  END LOOP;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_events_chain BEFORE INSERT ON audit_events
FOR EACH ROW EXECUTE FUNCTION audit_events_chain();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Requiring two-factor authentication only ever goes from off to on.
CREATE FUNCTION companies_requirement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.required_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.required_at IS DISTINCT FROM OLD.required_at
    OR NEW.id IS DISTINCT FROM OLD.id) THEN
    RAISE EXCEPTION 'two-factor authentication stays required' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'companies_requirement_stays';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER companies_requirement_stays BEFORE UPDATE OR DELETE ON companies
FOR EACH ROW EXECUTE FUNCTION companies_requirement_stays();
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO countersign_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO countersign_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO countersign_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON audit_events FROM countersign_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON audit_heads FROM countersign_app;
--> statement-breakpoint
-- A date that has come is a requirement, also before it was written down as one. Here the server's clock counts.
CREATE FUNCTION companies_date_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.required_from <= now() AND (TG_OP = 'DELETE'
    OR (NEW.required_at IS NULL AND NEW.required_from IS DISTINCT FROM OLD.required_from)) THEN
    RAISE EXCEPTION 'two-factor authentication stays required' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'companies_requirement_stays';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER companies_date_stays BEFORE UPDATE OR DELETE ON companies
FOR EACH ROW EXECUTE FUNCTION companies_date_stays();
--> statement-breakpoint
-- What a trusted browser rests on has changed: the trust goes in the same transaction, whoever makes the change.
CREATE FUNCTION network_trusts_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'memberships' THEN
    DELETE FROM network_trusts WHERE person_id = NEW.person_id AND company_id = NEW.company_id;
  ELSIF TG_TABLE_NAME = 'authenticators' THEN
    DELETE FROM network_trusts WHERE person_id = NEW.person_id;
  ELSE
    DELETE FROM network_trusts WHERE person_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER authenticators_end_trust AFTER UPDATE ON authenticators FOR EACH ROW
WHEN (OLD.added_at IS DISTINCT FROM NEW.added_at OR OLD.removed_at IS DISTINCT FROM NEW.removed_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
CREATE TRIGGER persons_end_trust AFTER UPDATE ON persons FOR EACH ROW
WHEN (OLD.password_changed_at IS DISTINCT FROM NEW.password_changed_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
CREATE TRIGGER memberships_end_trust AFTER UPDATE ON memberships FOR EACH ROW
WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.account_type IS DISTINCT FROM NEW.account_type
  OR OLD.deactivated_at IS DISTINCT FROM NEW.deactivated_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
-- The directory of a company: folded keys beside the membership, so that one index serves a page of any company.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
-- Case and accents aside: "Tomás" is found by "tomas" and stands beside "Tomas".
CREATE FUNCTION folded(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(regexp_replace(normalize(t, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE pg_c_utf8)
$$;
--> statement-breakpoint
CREATE FUNCTION memberships_directory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT folded(CASE WHEN NEW.joined_at IS NULL THEN coalesce(NEW.invited_name, p.name) ELSE p.name END),
    folded(p.email)
  INTO NEW.sort_name, NEW.sort_email FROM persons p WHERE p.id = NEW.person_id;
  NEW.sort_name := coalesce(NEW.sort_name, '');
  NEW.sort_email := coalesce(NEW.sort_email, '');
  NEW.search := NEW.sort_name || ' ' || NEW.sort_email || ' ' || coalesce(NEW.mobile_number, '');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER memberships_directory BEFORE INSERT OR UPDATE OF person_id, mobile_number, invited_name, joined_at
ON memberships FOR EACH ROW EXECUTE FUNCTION memberships_directory();
--> statement-breakpoint
-- A new name or address reaches every directory, and whoever is editing the person there is told.
CREATE FUNCTION persons_directory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE memberships SET mobile_number = mobile_number, version = version + 1 WHERE person_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER persons_directory AFTER UPDATE OF name, email ON persons FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.email IS DISTINCT FROM NEW.email)
EXECUTE FUNCTION persons_directory();
--> statement-breakpoint
CREATE INDEX memberships_search ON memberships USING gin (company_id, search gin_trgm_ops);
--> statement-breakpoint
-- A company keeps one active Security Admin, whatever the statements and however many at once: judged at commit,
-- one transaction of a company after the other.
CREATE FUNCTION memberships_security_admin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM companies WHERE id = OLD.company_id FOR NO KEY UPDATE;
  IF FOUND AND NOT EXISTS (SELECT FROM memberships WHERE company_id = OLD.company_id AND role = 'security_admin'
    AND joined_at IS NOT NULL AND deactivated_at IS NULL) THEN
    RAISE EXCEPTION 'a company keeps one active Security Admin' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'memberships_security_admin_stays';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER memberships_security_admin_stays
AFTER UPDATE OF role, joined_at, deactivated_at, company_id OR DELETE ON memberships
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.role = 'security_admin' AND OLD.joined_at IS NOT NULL AND OLD.deactivated_at IS NULL)
EXECUTE FUNCTION memberships_security_admin_stays();
--> statement-breakpoint
-- Rows that every sign-in touches leave room on their page, so that an update need not touch their indexes.
ALTER TABLE memberships SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE authenticators SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE sign_in_attempts SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE challenges SET (fillfactor = 60);
--> statement-breakpoint
ALTER TABLE guards SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE sessions SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE audit_heads SET (fillfactor = 10);
