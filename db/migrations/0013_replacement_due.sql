-- When the schedule replaces a key (lib/organization-keys/schedule.ts says it to people; the tests hold the two
-- together). By way of UTC, so that no session's time zone has a say in it and an index may hold it.
CREATE FUNCTION organization_key_replacement_due(created_at timestamptz, restored_at timestamptz, expires_at timestamptz, replace_by timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_trunc('milliseconds',
    (least(expires_at, replace_by) AT TIME ZONE 'UTC')
    - least(
        interval '720 hours',
        ((least(expires_at, replace_by) AT TIME ZONE 'UTC') - (coalesce(restored_at, created_at) AT TIME ZONE 'UTC')) / 2
      )
  ) AT TIME ZONE 'UTC'
$$;
