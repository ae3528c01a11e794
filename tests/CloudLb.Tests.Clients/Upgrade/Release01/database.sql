pragma application_id = 1129071153;
pragma user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE access_key
(
    access_key_id text not null primary key, -- as callers sign with it
    account_id    text not null,             -- twelve digits
    user_name     text,                      -- null for the account itself
    status        text not null check (status in ('Active', 'Inactive', 'Deleted')), -- a deleted id stays, so that none comes back
    create_date   text not null,             -- ISO 8601, UTC, whole seconds
    secret        blob                       -- nonce, tag and text, AES-256-GCM under certificates.key; the id is authenticated with it. Null for a key that the settings give, and once deleted
) strict;
INSERT INTO "access_key" VALUES('AKIDEXAMPLE','123456789012',NULL,'Active','2026-11-29T17:51:43Z',NULL);
CREATE TABLE history
(
    database_id text    not null primary key, -- made with the table; the record beside the database names it
    changes     integer not null              -- counts the commits since then
) strict;
INSERT INTO "history" VALUES('323a6ed81b557c1dc2e6e2e549c6d522',8);
CREATE TABLE load_balancer
(
    account_id text    not null, -- twelve digits
    region     text    not null, -- of the credential scope
    name       text    not null,
    version    integer not null, -- counts the commits that changed the row, from 1
    document   text    not null, -- the load balancer as JSON
    primary key (account_id, region, name)
) strict;
INSERT INTO "load_balancer" VALUES('123456789012','us-east-1','web',5,'{"key":{"account":"123456789012","region":"us-east-1","name":"web"},"dnsName":"web-1298750467.us-east-1.elb.localhost","address":"{network}.1","scheme":"InternetFacing","createdTime":"2026-11-29T17:51:48.6015297+00:00","listeners":[{"protocol":"HTTP","loadBalancerPort":8080,"instanceProtocol":"HTTP","instancePort":{port}}],"availabilityZones":["us-east-1a"],"vpcId":"vpc-a7def2d0a1cc78fc2","subnets":[{"subnetId":"subnet-13011471ac5e42e52","availabilityZone":"us-east-1a"}],"securityGroups":["sg-7a9920e5a68c08e47"],"healthCheck":{"target":"HTTP:{port}/","interval":"00:00:05","timeout":"00:00:02","healthyThreshold":2,"unhealthyThreshold":2},"instances":[{"instanceId":"{instance}","address":"{instance}","isJudged":true}],"draining":[],"formerInstances":[],"attributes":{"crossZoneLoadBalancing":false,"connectionDraining":{"isEnabled":false,"timeout":"00:05:00"},"idleTimeout":"00:01:00","desyncMitigationMode":"Defensive"},"policies":[{"name":"sticky","typeName":"LBCookieStickinessPolicyType","attributes":[{"name":"CookieExpirationPeriod","value":"60"}]}],"listenerPolicies":[{"loadBalancerPort":8080,"policyNames":["sticky"]}],"backendServerPolicies":[],"stickinessKey":"05a243256c017ede90af2533b53ce831","tags":[{"key":"team","value":"web"}]}');
INSERT INTO "load_balancer" VALUES('123456789012','us-east-1','mail',2,'{"key":{"account":"123456789012","region":"us-east-1","name":"mail"},"dnsName":"mail-1593391326.us-east-1.elb.localhost","address":"{network}.2","scheme":"InternetFacing","createdTime":"2026-11-29T17:52:02.1604957+00:00","listeners":[{"protocol":"TCP","loadBalancerPort":9025,"instanceProtocol":"TCP","instancePort":{port}}],"availabilityZones":["us-east-1a"],"vpcId":"vpc-a7def2d0a1cc78fc2","subnets":[{"subnetId":"subnet-13011471ac5e42e52","availabilityZone":"us-east-1a"}],"securityGroups":["sg-7a9920e5a68c08e47"],"healthCheck":{"target":"TCP:{port}","interval":"00:00:30","timeout":"00:00:05","healthyThreshold":10,"unhealthyThreshold":2},"instances":[{"instanceId":"{instance}","address":"{instance}","isJudged":true}],"draining":[],"formerInstances":[],"attributes":{"crossZoneLoadBalancing":false,"connectionDraining":{"isEnabled":false,"timeout":"00:05:00"},"idleTimeout":"00:01:00","desyncMitigationMode":"Defensive"},"policies":[],"listenerPolicies":[],"backendServerPolicies":[],"tags":[]}');
CREATE TABLE server_certificate
(
    certificate_id text not null primary key, -- ASCA…
    account_id     text not null,             -- twelve digits
    name           text not null,
    document       text not null,             -- the certificate as JSON, without its private key
    private_key    blob not null,             -- nonce, tag and PEM text, AES-256-GCM under certificates.key; the id is authenticated with it
    unique (account_id, name)
) strict;
COMMIT;
