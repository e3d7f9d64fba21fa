-- Gives users the visitor codes that another system has stored for them, from a table
-- legacy_codes (user_id, visitor_code). May run while the application runs: a user who has a code keeps it, and
-- a code that belongs to a user stays with that user. Of several rows for one user or one code the first counts.
-- A row without a user id is left out: the library would take it for the row of an erased user.
insert into kameleoon_visitor_code (code, user_key, linked_at)
select visitor_code, encode(sha256(convert_to(user_id, 'UTF8')), 'hex'), now() at time zone 'UTC'
from legacy_codes
where user_id <> ''
  and visitor_code ~ '^[A-Za-z0-9._:@~|+/-]{1,100}$'
  and visitor_code !~ '^_js_'
  and visitor_code not in ('null', 'undefined', 'NaN', 'true', 'false')
on conflict do nothing;
analyze kameleoon_visitor_code;
