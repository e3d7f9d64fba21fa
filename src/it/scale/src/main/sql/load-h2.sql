-- Fills the new, empty table of an H2 file from a file with the columns user_id and visitor_code. The keys are
-- created after the rows, because H2 writes the file many times over when it inserts random keys one by one. If a
-- user or a code occurs twice, the last two statements fail: delete the table and correct the file.
-- A row without a user id is left out: the library would take it for the row of an erased user.
alter table kameleoon_visitor_code drop constraint kameleoon_visitor_code_user;
alter table kameleoon_visitor_code drop constraint kameleoon_visitor_code_pk;
insert into kameleoon_visitor_code (code, user_key, linked_at)
select visitor_code, lower(rawtohex(hash('SHA256', user_id))), current_timestamp at time zone 'UTC'
from csvread('codes.csv', null, 'charset=UTF-8')
where user_id <> ''
  and regexp_like(visitor_code, '^(?!_js_)[A-Za-z0-9._:@~|+/-]{1,100}\z')
  and visitor_code not in ('null', 'undefined', 'NaN', 'true', 'false');
alter table kameleoon_visitor_code add constraint kameleoon_visitor_code_pk primary key (code);
alter table kameleoon_visitor_code add constraint kameleoon_visitor_code_user unique (user_key);
