create table access_key
(
    access_key_id text not null primary key, -- as callers sign with it
    account_id    text not null,             -- twelve digits
    user_name     text,                      -- null for the account itself
    status        text not null check (status in ('Active', 'Inactive', 'Deleted')), -- a deleted id stays, so that none comes back
    create_date   text not null,             -- ISO 8601, UTC, whole seconds
    secret        blob                       -- nonce, tag and text, AES-256-GCM under certificates.key; the id is authenticated with it. Null for a key that the settings give, and once deleted
) strict;
