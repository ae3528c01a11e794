create table history
(
    database_id text    not null primary key, -- made with the table; the record beside the database names it
    changes     integer not null              -- counts the commits since then
) strict;
insert into history (database_id, changes) values (lower(hex(randomblob(16))), 0);
