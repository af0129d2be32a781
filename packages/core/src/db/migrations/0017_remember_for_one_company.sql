-- A check on a trusted network is what one company takes for its second factor, and no other.
CREATE OR REPLACE FUNCTION one_factor_standing(person uuid, company uuid, attempt uuid, at timestamptz, not_second text[])
RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object(
    'remembered', EXISTS (SELECT FROM sign_in_attempts t
      WHERE t.id = attempt AND t.outcome = 'skip' AND t.company_id = company),
    'requiredAt', c.required_at, 'requiredFrom', c.required_from,
    'stands', EXISTS (SELECT FROM authenticators f WHERE f.person_id = person AND f.locked_at IS NULL
        AND f.added_at IS NOT NULL AND f.removed_at IS NULL AND f.factor <> ALL (not_second))
      OR NOT EXISTS (SELECT FROM memberships r JOIN companies k ON k.id = r.company_id
        WHERE r.person_id = person AND r.deactivated_at IS NULL AND r.joined_at IS NOT NULL
          AND (k.required_at IS NOT NULL OR k.required_from <= at)))
    FROM companies c WHERE c.id = company);
END $$;
