-- One row per visitor code that is or was linked. A row is never deleted: an erased user leaves the
-- code behind with user_key null, so that nobody gets it again. Character varying compares exactly,
-- unless the database was made with IGNORECASE or a collation; the store refuses such a database.
create table if not exists kameleoon_visitor_code (
  code varchar(100) not null,
  user_key varchar(64),       -- SHA-256 or HMAC-SHA-256 of the user's id, in hexadecimal
  linked_at timestamp(3) not null,  -- UTC
  constraint kameleoon_visitor_code_pk primary key (code),
  constraint kameleoon_visitor_code_user unique (user_key)
);
