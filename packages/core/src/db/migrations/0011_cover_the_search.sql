-- A search for a word that thousands bear walks the directory in order until a page is full. With what is searched in
-- the index beside its key, that walk reads nothing else.
DROP INDEX memberships_by_name;
--> statement-breakpoint
DROP INDEX memberships_by_email;
--> statement-breakpoint
-- An entry of a B-tree holds 2,704 bytes at most, and some characters fold into many.
CREATE OR REPLACE FUNCTION memberships_directory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT left(folded(CASE WHEN NEW.joined_at IS NULL THEN coalesce(NEW.invited_name, p.name) ELSE p.name END), 200),
    left(folded(p.email), 320)
  INTO NEW.sort_name, NEW.sort_email FROM persons p WHERE p.id = NEW.person_id;
  NEW.sort_name := coalesce(NEW.sort_name, '');
  NEW.sort_email := coalesce(NEW.sort_email, '');
  NEW.search := NEW.sort_name || ' ' || NEW.sort_email || ' ' || coalesce(NEW.mobile_number, '');
  RETURN NEW;
END $$;
--> statement-breakpoint
UPDATE memberships SET mobile_number = mobile_number WHERE length(sort_name) > 200 OR length(sort_email) > 320;
--> statement-breakpoint
CREATE INDEX memberships_by_name ON memberships (company_id, sort_name, person_id) INCLUDE (search);
--> statement-breakpoint
CREATE INDEX memberships_by_email ON memberships (company_id, sort_email, person_id) INCLUDE (search);
