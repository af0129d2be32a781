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
  INSERT INTO audit_heads AS h (company_id, seq, hash) VALUES (NEW.company_id, 1, sha256(''))
  ON CONFLICT (company_id) DO UPDATE SET seq = h.seq + 1
  RETURNING seq, hash INTO NEW.seq, NEW.prev_hash;
  NEW.hash := sha256(NEW.prev_hash || convert_to(concat_ws(E'\x1f',
    NEW.company_id, NEW.seq, NEW.id, (extract(epoch FROM NEW.at) * 1000)::bigint, NEW.event, NEW.outcome,
    coalesce(NEW.actor_id::text, ''), coalesce(NEW.subject_id::text, ''), coalesce(NEW.factor, ''),
    coalesce(NEW.attempt_id::text, ''), coalesce(NEW.session_id::text, ''), coalesce(NEW.address, ''),
    coalesce(NEW.user_agent, ''), coalesce(NEW.request_id, ''), NEW.detail::text), 'UTF8'));
  UPDATE audit_heads SET hash = NEW.hash WHERE company_id = NEW.company_id;
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
