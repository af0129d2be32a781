SET LOCAL ROLE countersign_worker;
--> statement-breakpoint
-- As jobs.enqueue, for work of which one is done at a time, in a queue of its own, so that it holds up nothing else.
CREATE FUNCTION jobs.enqueue_serial(task text, payload json, queue text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(task, payload := payload, queue_name := queue, max_attempts := 20);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION jobs.enqueue_serial(text, json, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION jobs.enqueue_serial(text, json, text) TO countersign_app;
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- Whoever ends a session, by whatever statement: each application entered in it is told, if the transaction holds.
CREATE FUNCTION sessions_tell_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM jobs.enqueue_serial('tell-logout',
    json_build_object('sessionId', NEW.id, 'personId', NEW.person_id, 'applicationId', e.application_id),
    'logout ' || e.application_id)
  FROM session_applications e JOIN applications a ON a.id = e.application_id
  WHERE e.session_id = NEW.id AND a.backchannel_logout_uri IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER sessions_tell_applications AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
EXECUTE FUNCTION sessions_tell_applications();
