create table resource
(
    kind     text    not null, -- what its room calls it
    key      text    not null,
    revision integer not null, -- the commit that wrote the row, by history.changes
    version  integer not null, -- of the document's form, which each kind counts from 1
    document text,             -- the resource as JSON, its secret encrypted; null once it is deleted
    primary key (kind, key)
) strict;
create index deleted_resource on resource (revision) where document is null;

alter table history add column forgotten integer not null default 0; -- the newest revision of a deletion that is not kept any more

insert into resource (kind, key, revision, version, document)
select 'classic-load-balancer', account_id || '/' || region || '/' || name, changes, 1, document
from   load_balancer, history;

insert into resource (kind, key, revision, version, document)
select 'server-certificate', certificate_id, changes, 1, json_set(document, '$.privateKey', lower(hex(private_key)))
from   server_certificate, history;

insert into resource (kind, key, revision, version, document)
select 'access-key', access_key_id, changes, 1, json_patch('{}', json_object(
           'accessKeyId', access_key_id, 'account', account_id, 'userName', user_name, 'status', status, 'createDate', create_date,
           'secret', case when secret is not null then lower(hex(secret)) end))
from   access_key, history;

drop table load_balancer;
drop table server_certificate;
drop table access_key;
