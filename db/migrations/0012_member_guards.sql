-- An organization that has an admin keeps one. Its row's lock makes two who demote or remove each other at once come
-- one after the other: the second one is the last and stays. An organization that is being deleted has no row any more.
CREATE FUNCTION keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stays boolean := TG_OP = 'UPDATE' AND (NEW.organization_id, NEW.role) IS NOT DISTINCT FROM (OLD.organization_id, OLD.role);
BEGIN
  IF OLD.role = 'admin' AND NOT stays THEN
    PERFORM 1 FROM organizations WHERE id = OLD.organization_id FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT 1 FROM memberships
        WHERE organization_id = OLD.organization_id AND role = 'admin' AND user_id <> OLD.user_id) THEN
      RAISE EXCEPTION 'organization % keeps an admin', OLD.organization_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'memberships_keep_an_admin';
    END IF;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER memberships_keep_an_admin BEFORE UPDATE OR DELETE ON "memberships"
  FOR EACH ROW EXECUTE FUNCTION keep_an_admin();
--> statement-breakpoint
-- What was mailed stays so, and an invitation ends once.
CREATE FUNCTION keep_invitation_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.organization_id, NEW.email, NEW.role, NEW.token_digest, NEW.created_at, NEW.created_by, NEW.expires_at)
     IS DISTINCT FROM (OLD.id, OLD.organization_id, OLD.email, OLD.role, OLD.token_digest, OLD.created_at, OLD.created_by, OLD.expires_at)
     OR (OLD.accepted_at IS NOT NULL AND NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
  THEN
    RAISE EXCEPTION 'invitation %: this fact is final', OLD.id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER invitations_facts BEFORE UPDATE ON "invitations"
  FOR EACH ROW EXECUTE FUNCTION keep_invitation_facts();
--> statement-breakpoint
-- Alerts reach somebody from the first day: organizations that are there already get the group that new ones begin with.
INSERT INTO "groups" ("id", "organization_id", "name", "account_alerts", "created_at")
  SELECT 'grp_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 22), "id", 'Account alerts', true, now()
  FROM "organizations";
--> statement-breakpoint
INSERT INTO "group_members" ("organization_id", "group_id", "user_id")
  SELECT g."organization_id", g."id", m."user_id"
  FROM "groups" g JOIN "memberships" m ON m."organization_id" = g."organization_id" AND m."role" = 'admin';
