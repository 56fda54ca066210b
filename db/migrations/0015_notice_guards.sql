-- What somebody was told stays as it was said, and a mail that was taken or dropped is settled.
CREATE FUNCTION keep_notice_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'notice %: a notice does not change', OLD.id;
END $$;
--> statement-breakpoint
CREATE TRIGGER notices_facts BEFORE UPDATE ON "notices"
  FOR EACH ROW EXECUTE FUNCTION keep_notice_facts();
--> statement-breakpoint
CREATE FUNCTION keep_notice_delivery_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.notice_id, NEW.user_id, NEW.organization_id, NEW.created_at)
     IS DISTINCT FROM (OLD.notice_id, OLD.user_id, OLD.organization_id, OLD.created_at)
     OR (OLD.next_mail_at IS NULL AND (NEW.next_mail_at, NEW.mail_tries, NEW.mailed_at, NEW.dropped_at, NEW.drop_reason)
       IS DISTINCT FROM (OLD.next_mail_at, OLD.mail_tries, OLD.mailed_at, OLD.dropped_at, OLD.drop_reason))
  THEN
    RAISE EXCEPTION 'notice % for %: this fact is final', OLD.notice_id, OLD.user_id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER notice_deliveries_facts BEFORE UPDATE ON "notice_deliveries"
  FOR EACH ROW EXECUTE FUNCTION keep_notice_delivery_facts();
--> statement-breakpoint
-- Wakes whoever sends mails; the schedule would find them too, later.
CREATE FUNCTION announce_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('notice_deliveries', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER notice_deliveries_announce AFTER INSERT ON "notice_deliveries"
  FOR EACH STATEMENT EXECUTE FUNCTION announce_deliveries();
