-- One application stands behind a host: a second one that names it is refused by the primary key.
CREATE FUNCTION applications_hosts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM application_hosts WHERE application_id = NEW.id;
  IF NEW.kind = 'forward-auth' THEN
    INSERT INTO application_hosts (host, application_id) SELECT DISTINCT unnest(NEW.hosts), NEW.id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER applications_hosts AFTER INSERT OR UPDATE OF hosts, kind ON applications
FOR EACH ROW EXECUTE FUNCTION applications_hosts();
--> statement-breakpoint
INSERT INTO application_hosts (host, application_id)
SELECT DISTINCT ON (host) host, id FROM applications, unnest(hosts) AS host WHERE kind = 'forward-auth' ORDER BY host, created_at;
