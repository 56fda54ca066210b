-- A revocation names its successor before the successor's row exists; both stand at commit.
ALTER TABLE "organization_keys" ALTER CONSTRAINT "organization_keys_successor_id_organization_keys_id_fk" DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What was printed, promised or destroyed stays so, whatever the code above it does.
CREATE FUNCTION keep_organization_key_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.organization_id, NEW.generation, NEW.lookup_digest, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.organization_id, OLD.generation, OLD.lookup_digest, OLD.created_at)
     OR (OLD.successor_id IS NOT NULL AND NEW.successor_id IS DISTINCT FROM OLD.successor_id)
     OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.accepted_until) IS DISTINCT FROM (OLD.revoked_at, OLD.accepted_until))
     OR (OLD.successor_id IS NOT NULL AND NEW.expires_at IS DISTINCT FROM OLD.expires_at)
     OR (OLD.deleted_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
  THEN
    RAISE EXCEPTION 'organization key %: this fact is final', OLD.id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER organization_keys_facts BEFORE UPDATE ON "organization_keys"
  FOR EACH ROW EXECUTE FUNCTION keep_organization_key_facts();
--> statement-breakpoint
INSERT INTO "operational_version" ("id", "version") VALUES (1, 0);
--> statement-breakpoint
-- TG_ARGV: kind, name of the id column. SECURITY DEFINER: the application's role never writes these tables itself.
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  next_version bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM changed_rows) THEN
    RETURN NULL;
  END IF;
  UPDATE operational_version SET version = version + 1 WHERE id = 1 RETURNING version INTO next_version;
  INSERT INTO operational_changes (version, kind, id)
    SELECT next_version, TG_ARGV[0], to_jsonb(changed_rows) ->> TG_ARGV[1] FROM changed_rows;
  PERFORM pg_notify('operational_list', next_version::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER organization_keys_announce_insert AFTER INSERT ON "organization_keys"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('organization-key', 'id');
--> statement-breakpoint
CREATE TRIGGER organization_keys_announce_update AFTER UPDATE ON "organization_keys"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('organization-key', 'id');
--> statement-breakpoint
CREATE TRIGGER organization_keys_announce_delete AFTER DELETE ON "organization_keys"
  REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('organization-key', 'id');
--> statement-breakpoint
CREATE TRIGGER organizations_announce_update AFTER UPDATE ON "organizations"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('organization', 'id');
--> statement-breakpoint
CREATE TRIGGER signing_keys_announce_insert AFTER INSERT ON "signing_keys"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('signing-key', 'kid');
--> statement-breakpoint
CREATE TRIGGER signing_keys_announce_delete AFTER DELETE ON "signing_keys"
  REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('signing-key', 'kid');
