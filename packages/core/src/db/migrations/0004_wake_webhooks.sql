SET LOCAL ROLE countersign_worker;
--> statement-breakpoint
-- Work that is not due yet, counted from now by this server's clock.
CREATE FUNCTION jobs.enqueue_in(task text, payload json, job_key text, delay interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(task, payload := payload, job_key := job_key, max_attempts := 20,
    run_at := clock_timestamp() + delay);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION jobs.enqueue_in(text, json, text, interval) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION jobs.enqueue_in(text, json, text, interval) TO countersign_app;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- A new webhook hears of what comes after it; the chain's end stays locked until that is settled.
CREATE FUNCTION webhooks_begin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_heads AS h (company_id, seq, hash, listened) VALUES (NEW.company_id, 0, sha256(''), true)
  ON CONFLICT (company_id) DO UPDATE SET listened = true
  RETURNING h.seq INTO NEW.cursor;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER webhooks_begin BEFORE INSERT ON webhooks FOR EACH ROW EXECUTE FUNCTION webhooks_begin();
--> statement-breakpoint
-- Nobody listens once the last one is disabled. The lock comes first, so that what is counted is not outdated.
CREATE FUNCTION webhooks_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM audit_heads WHERE company_id = OLD.company_id FOR UPDATE;
  UPDATE audit_heads SET listened = EXISTS (
    SELECT FROM webhooks WHERE company_id = OLD.company_id AND disabled_at IS NULL)
  WHERE company_id = OLD.company_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER webhooks_end AFTER UPDATE OF disabled_at OR DELETE ON webhooks
FOR EACH ROW EXECUTE FUNCTION webhooks_end();
--> statement-breakpoint
-- A row of the audit where somebody listens: the queue is told in the same transaction. Where nobody does, the
-- condition on a row that is written anyway is all it costs.
CREATE FUNCTION audit_heads_wake() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM jobs.enqueue('webhook-events', json_build_object('companyId', NEW.company_id),
    'webhook-events:' || NEW.company_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_heads_wake AFTER UPDATE OF seq ON audit_heads FOR EACH ROW
WHEN (NEW.listened) EXECUTE FUNCTION audit_heads_wake();
