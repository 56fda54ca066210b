-- What was printed, promised or has ended stays so, whatever the code above it does. A change says when it happens; one
-- that does not move `changed_at` forward happens now.
CREATE FUNCTION keep_service_key_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  happens_at timestamptz := CASE WHEN NEW.changed_at > OLD.changed_at THEN NEW.changed_at ELSE clock_timestamp() END;
  is_deletion boolean := NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL
    AND (NEW.name, NEW.access_level, NEW.allowed_ranges, NEW.disabled_at)
      IS NOT DISTINCT FROM (OLD.name, OLD.access_level, OLD.allowed_ranges, OLD.disabled_at);
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.organization_id, NEW.service_user_id, NEW.created_at, NEW.created_by, NEW.created_by_key_id, NEW.expires_at)
     IS DISTINCT FROM (OLD.id, OLD.organization_id, OLD.service_user_id, OLD.created_at, OLD.created_by, OLD.created_by_key_id, OLD.expires_at)
     OR OLD.deleted_at IS NOT NULL
     OR (OLD.expires_at <= happens_at AND NOT is_deletion)
  THEN
    RAISE EXCEPTION 'service key %: this fact is final', OLD.id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER service_keys_facts BEFORE UPDATE ON "service_keys"
  FOR EACH ROW EXECUTE FUNCTION keep_service_key_facts();
--> statement-breakpoint
-- A former secret is accepted until its deadline, which may only come nearer. An ended key gets no other secret.
CREATE FUNCTION keep_service_key_secret_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM service_keys WHERE id = NEW.key_id AND (deleted_at IS NOT NULL OR expires_at <= NEW.created_at)) THEN
      RAISE EXCEPTION 'service key %: it has ended', NEW.key_id;
    END IF;
  ELSIF (NEW.id, NEW.key_id, NEW.lookup_digest, NEW.masked_prefix, NEW.last4, NEW.created_at, NEW.created_by, NEW.created_by_key_id)
     IS DISTINCT FROM (OLD.id, OLD.key_id, OLD.lookup_digest, OLD.masked_prefix, OLD.last4, OLD.created_at, OLD.created_by, OLD.created_by_key_id)
     OR (OLD.replaced_at IS NOT NULL AND (NEW.replaced_at IS DISTINCT FROM OLD.replaced_at OR NEW.accepted_until > OLD.accepted_until))
  THEN
    RAISE EXCEPTION 'secret % of service key %: this fact is final', OLD.id, OLD.key_id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER service_key_secrets_facts BEFORE INSERT OR UPDATE ON "service_key_secrets"
  FOR EACH ROW EXECUTE FUNCTION keep_service_key_secret_facts();
--> statement-breakpoint
-- At most ten live keys each. The service user's row lock makes parallel creations count one after the other.
CREATE FUNCTION count_live_service_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM service_users WHERE id = NEW.service_user_id FOR NO KEY UPDATE;
  IF (SELECT count(*) FROM service_keys
      WHERE service_user_id = NEW.service_user_id AND deleted_at IS NULL
        AND (expires_at IS NULL OR expires_at > NEW.created_at)) >= 10 THEN
    RAISE EXCEPTION 'service user % has ten live keys', NEW.service_user_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'service_keys_ten_live';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER service_keys_ten_live BEFORE INSERT ON "service_keys"
  FOR EACH ROW EXECUTE FUNCTION count_live_service_keys();
--> statement-breakpoint
CREATE FUNCTION begin_service_key_uses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO service_key_uses (key_id, organization_id) SELECT id, organization_id FROM new_keys;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER service_keys_uses AFTER INSERT ON "service_keys"
  REFERENCING NEW TABLE AS new_keys FOR EACH STATEMENT EXECUTE FUNCTION begin_service_key_uses();
--> statement-breakpoint
-- A key is announced with its first secret: without one there is nothing to accept.
CREATE TRIGGER service_keys_announce_update AFTER UPDATE ON "service_keys"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('service-key', 'id');
--> statement-breakpoint
CREATE TRIGGER service_key_secrets_announce_insert AFTER INSERT ON "service_key_secrets"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('service-key', 'key_id');
--> statement-breakpoint
CREATE TRIGGER service_key_secrets_announce_update AFTER UPDATE ON "service_key_secrets"
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('service-key', 'key_id');
--> statement-breakpoint
CREATE TRIGGER service_key_secrets_announce_delete AFTER DELETE ON "service_key_secrets"
  REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change('service-key', 'key_id');
