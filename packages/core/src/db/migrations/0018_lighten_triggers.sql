-- PostgreSQL reads a trigger's condition anew at each statement, but not where the columns it names are not written;
-- every sign-in writes memberships and authenticators.
CREATE OR REPLACE TRIGGER authenticators_end_trust AFTER UPDATE OF added_at, removed_at ON authenticators FOR EACH ROW
WHEN (OLD.added_at IS DISTINCT FROM NEW.added_at OR OLD.removed_at IS DISTINCT FROM NEW.removed_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER persons_end_trust AFTER UPDATE OF password_changed_at ON persons FOR EACH ROW
WHEN (OLD.password_changed_at IS DISTINCT FROM NEW.password_changed_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER memberships_end_trust AFTER UPDATE OF role, account_type, deactivated_at ON memberships FOR EACH ROW
WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.account_type IS DISTINCT FROM NEW.account_type
  OR OLD.deactivated_at IS DISTINCT FROM NEW.deactivated_at)
EXECUTE FUNCTION network_trusts_end();
--> statement-breakpoint
-- As before, but the head of a chain is always found by its index: each session keeps the plan it made when there were
-- few chains. What a webhook waits for is told here, where the row is in hand.
CREATE OR REPLACE FUNCTION audit_events_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  heard boolean;
BEGIN
  LOOP
    -- Numbered, hashed and remembered in one write, while the row lock keeps everybody else waiting.
    UPDATE audit_heads h SET seq = h.seq + 1, hash = sha256(h.hash || convert_to(concat_ws(E'\x1f',
      NEW.company_id, h.seq + 1, NEW.id, (extract(epoch FROM NEW.at) * 1000)::bigint, NEW.event, NEW.outcome,
      coalesce(NEW.actor_id::text, ''), coalesce(NEW.subject_id::text, ''), coalesce(NEW.factor, ''),
      coalesce(NEW.attempt_id::text, ''), coalesce(NEW.session_id::text, ''), coalesce(NEW.address, ''),
      coalesce(NEW.user_agent, ''), coalesce(NEW.request_id, ''), NEW.detail::text), 'UTF8'))
    WHERE h.company_id = NEW.company_id
    RETURNING WITH (OLD AS before, NEW AS after) after.seq, before.hash, after.hash, after.listened
    INTO NEW.seq, NEW.prev_hash, NEW.hash, heard;
    EXIT WHEN FOUND;
    INSERT INTO audit_heads (company_id, seq, hash) VALUES (NEW.company_id, 0, sha256('')) ON CONFLICT DO NOTHING;
  END LOOP;
  IF heard THEN
    PERFORM jobs.enqueue('webhook-events', json_build_object('companyId', NEW.company_id),
      'webhook-events:' || NEW.company_id);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER audit_heads_wake ON audit_heads;
--> statement-breakpoint
DROP FUNCTION audit_heads_wake;
