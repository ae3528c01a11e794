create table server_certificate
(
    certificate_id text not null primary key, -- ASCA…
    account_id     text not null,             -- twelve digits
    name           text not null,
    document       text not null,             -- the certificate as JSON, without its private key
    private_key    blob not null,             -- nonce, tag and PEM text, AES-256-GCM under certificates.key; the id is authenticated with it
    unique (account_id, name)
) strict;
