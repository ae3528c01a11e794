create table load_balancer
(
    account_id text    not null, -- twelve digits
    region     text    not null, -- of the credential scope
    name       text    not null,
    version    integer not null, -- counts the commits that changed the row, from 1
    document   text    not null, -- the load balancer as JSON
    primary key (account_id, region, name)
) strict;
