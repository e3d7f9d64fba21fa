-- MariaDB and MySQL. One row per visitor code that is or was linked. A row is never deleted: an erased
-- user leaves the code behind with user_key null, so that nobody gets it again. Collation ascii_bin, so
-- that codes compare byte by byte whatever the collation of the database; it ignores blanks at the end,
-- which neither column ever has. InnoDB, because links are made in transactions; datetime, because a
-- timestamp is another one in each session's time zone.
create table if not exists kameleoon_visitor_code (
  code varchar(100) character set ascii collate ascii_bin not null,
  user_key varchar(64) character set ascii collate ascii_bin,  -- SHA-256 or HMAC-SHA-256 of the user's id, in hexadecimal
  linked_at datetime(3) not null,  -- UTC
  constraint kameleoon_visitor_code_pk primary key (code),
  constraint kameleoon_visitor_code_user unique (user_key)
) engine = InnoDB;
