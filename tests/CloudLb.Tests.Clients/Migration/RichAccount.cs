namespace CloudLb.Tests.Clients.Migration;

/// <summary>
/// What describe actions tell of an application load balancer with every condition, action and transform, and of a network load balancer
/// before it.
/// </summary>
internal static class RichAccount
{
    public const string Imported = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
    private const string Uploaded = "arn:aws:iam::111122223333:server-certificate/old-web";
    private const string Arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
    private const string Id = "app/rich/50dc6c495c0c9188";
    private const string Blue = $"{Arn}:targetgroup/blue/73e2d6bc24d8a061", Green = $"{Arn}:targetgroup/green/73e2d6bc24d8a062";
    private const string Chain = $"{Arn}:targetgroup/chain/73e2d6bc24d8a063", Network = $"{Arn}:loadbalancer/net/front/60dc6c495c0c9188";

    public static string Documents { get; } = $$"""
        { "LoadBalancers": [
          { "LoadBalancerArn": "{{Network}}", "LoadBalancerName": "front", "Scheme": "internet-facing", "Type": "network",
            "AvailabilityZones": [ { "SubnetId": "subnet-00000000" } ] },
          { "LoadBalancerArn": "{{Arn}}:loadbalancer/{{Id}}", "LoadBalancerName": "rich", "Scheme": "internet-facing",
            "Type": "application", "AvailabilityZones": [ { "SubnetId": "subnet-00000000" }, { "SubnetId": "subnet-00000001" } ] } ] }
        { "TargetGroups": [ {{Group(Blue, "blue", "HTTP", "ip")}}, {{Group(Green, "green", "HTTP", "ip")}},
          {{Group(Chain, "chain", "TCP", "alb")}} ] }
        { "Listeners": [
          {{Listener(1, "HTTP", 8080)}}, "DefaultActions": [ {{Forward(Blue)}} ] },
          {{Listener(2, "HTTPS", 8443)}}, "Certificates": [ { "CertificateArn": "{{Uploaded}}" } ],
            "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "MutualAuthentication": { "Mode": "verify",
              "TrustStoreArn": "{{Arn}}:truststore/people/1234", "IgnoreClientCertificateExpiry": true,
              "TrustStoreAssociationStatus": "active", "AdvertiseTrustStoreCaNames": "off" },
            "DefaultActions": [ { "Type": "fixed-response", "Order": 1, "FixedResponseConfig": { "StatusCode": "404",
              "ContentType": "text/html", "MessageBody": "<b>\"$HOME\" '\\' `id` ${x} %{a} #{b}\n</b>" } } ] },
          { "ListenerArn": "{{Arn}}:listener/net/front/60dc6c495c0c9188/0000000000000003", "LoadBalancerArn": "{{Network}}",
            "Port": 8080, "Protocol": "TCP", "DefaultActions": [ { "Type": "forward", "TargetGroupArn": "{{Chain}}" } ] },
          { "ListenerArn": "{{Arn}}:listener/net/front/60dc6c495c0c9188/0000000000000004", "LoadBalancerArn": "{{Network}}",
            "Port": 8443, "Protocol": "TLS", "Certificates": [ { "CertificateArn": "{{Imported}}" } ],
            "AlpnPolicy": ["HTTP2Preferred"], "DefaultActions": [ { "Type": "forward", "TargetGroupArn": "{{Chain}}" } ] } ] }
        { "ListenerArn": "{{Arn}}:listener/{{Id}}/0000000000000002", "Certificates": [
          { "CertificateArn": "{{Uploaded}}", "IsDefault": true }, { "CertificateArn": "{{Imported}}", "IsDefault": false } ] }
        { "ListenerArn": "{{Arn}}:listener/{{Id}}/0000000000000002", "Attributes": [
          { "Key": "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name", "Value": "X-Leaf" },
          { "Key": "routing.http.request.x_amzn_tls_version.header_name", "Value": "X-Amzn-Tls-Version" },
          { "Key": "routing.http.response.server.enabled", "Value": "false" },
          { "Key": "routing.http.response.strict_transport_security.header_value", "Value": "max-age=1; includeSubDomains" } ] }
        { "LoadBalancerArn": "{{Arn}}:loadbalancer/{{Id}}", "Attributes": [ { "Key": "idle_timeout.timeout_seconds", "Value": "77" },
          { "Key": "access_logs.s3.enabled", "Value": "true" }, { "Key": "access_logs.s3.bucket", "Value": "logs" },
          { "Key": "deletion_protection.enabled", "Value": "true" },
          { "Key": "routing.http.xff_header_processing.mode", "Value": "preserve" } ] }
        { "TargetGroupArn": "{{Blue}}", "Attributes": [ { "Key": "stickiness.enabled", "Value": "true" },
          { "Key": "stickiness.type", "Value": "app_cookie" }, { "Key": "stickiness.app_cookie.cookie_name", "Value": "sid" },
          { "Key": "deregistration_delay.timeout_seconds", "Value": "5" },
          { "Key": "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "Value": "50" },
          { "Key": "target_group_health.dns_failover.minimum_healthy_targets.percentage", "Value": "60" } ] }
        { "TargetGroupArn": "{{Blue}}", "TargetHealthDescriptions": [ { "Target": { "Id": "127.0.0.7", "Port": 81 } },
          { "Target": { "Id": "127.0.0.7", "Port": 82 } } ] }
        { "TargetGroupArn": "{{Chain}}", "TargetHealthDescriptions": [
          { "Target": { "Id": "{{Arn}}:loadbalancer/{{Id}}", "Port": 8080 } } ] }
        { "TagDescriptions": [ { "ResourceArn": "{{Arn}}:loadbalancer/{{Id}}", "Tags": [ { "Key": "team", "Value": "a b +-=._:/@" },
            { "Key": "empty", "Value": "" } ] },
          { "ResourceArn": "{{Arn}}:listener-rule/{{Id}}/0000000000000001/0000000000000001",
            "Tags": [ { "Key": "rule", "Value": "one" } ] } ] }
        { "Rules": [
          {{Rule(1)}} "Conditions": [ { "Field": "host-header", "HostHeaderConfig": { "Values": ["*.example.com", "a?.test"] } },
              { "Field": "path-pattern", "Values": ["/img/*"], "PathPatternConfig": { "Values": ["/img/*"] } } ],
            "Actions": [ { "Type": "forward", "Order": 1, "ForwardConfig": { "TargetGroups": [
              { "TargetGroupArn": "{{Blue}}", "Weight": 3 }, { "TargetGroupArn": "{{Green}}", "Weight": 0 } ],
              "TargetGroupStickinessConfig": { "Enabled": true, "DurationSeconds": 60 } } } ] },
          {{Rule(2)}} "Conditions": [ { "Field": "http-header", "HttpHeaderConfig": {
              "HttpHeaderName": "X-K", "Values": ["a*", "b c"] } } ],
            "Actions": [ { "Type": "redirect", "Order": 1, "RedirectConfig": { "Protocol": "HTTPS", "Port": "8443", "Host": "#{host}",
              "Path": "/x#{path}", "Query": "q=#{query}", "StatusCode": "HTTP_301" } } ] },
          {{Rule(3)}} "Conditions": [ { "Field": "query-string", "QueryStringConfig": { "Values": [ { "Key": "v", "Value": "1*" },
              { "Value": "only" } ] } }, { "Field": "http-request-method", "HttpRequestMethodConfig": { "Values": ["M-SEARCH"] } },
              { "Field": "source-ip", "SourceIpConfig": { "Values": ["10.0.0.0/8", "2001:db8::/32"] } } ],
            "Actions": [ {{Forward(Green)}} ] },
          {{Rule(4)}} "Conditions": [ { "Field": "path-pattern", "PathPatternConfig": { "RegexValues": ["^/old/(.*)$"] } } ],
            "Transforms": [ { "Type": "url-rewrite", "UrlRewriteConfig": {
              "Rewrites": [ { "Regex": "^/old/(.*)$", "Replace": "/new/$1" } ] } },
              { "Type": "host-header-rewrite", "HostHeaderRewriteConfig": { "Rewrites": [ { "Regex": "^(.*)$", "Replace": "in.$1" } ] } } ],
            "Actions": [ {{Forward(Green)}} ] },
          {{Rule(5, listener: 2)}} "Conditions": [ { "Field": "path-pattern", "PathPatternConfig": { "Values": ["/api/*"] } } ],
            "Actions": [ { "Type": "jwt-validation", "Order": 1, "JwtValidationConfig": { "JwksEndpoint": "https://127.0.0.1:1/keys",
              "Issuer": "https://id.example.com", "AdditionalClaims": [ { "Name": "scope", "Format": "space-separated-values",
                "Values": ["read"] } ] } }, {{Forward(Green, order: 2)}} ] },
          {{Rule(6, listener: 2)}} "Conditions": [ { "Field": "path-pattern", "PathPatternConfig": { "Values": ["/admin/*"] } } ],
            "Actions": [ { "Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": { "Issuer": "https://id.example.com",
              "AuthorizationEndpoint": "https://id.example.com/auth", "TokenEndpoint": "https://id.example.com/token",
              "UserInfoEndpoint": "https://id.example.com/user", "ClientId": "web", "SessionCookieName": "AWSELBAuthSessionCookie",
              "Scope": "openid email", "SessionTimeout": 604800, "AuthenticationRequestExtraParams": { "display": "page" },
              "OnUnauthenticatedRequest": "deny" } }, {{Forward(Green, order: 2)}} ] } ] }
        """;

    private static string Group(string arn, string name, string protocol, string type) => $$"""
        { "TargetGroupArn": "{{arn}}", "TargetGroupName": "{{name}}", "Protocol": "{{protocol}}", "Port": 8080, "VpcId": "vpc-1",
          "TargetType": "{{type}}", "HealthCheckProtocol": "HTTP", "HealthCheckPath": "/{{name}}", "HealthCheckIntervalSeconds": 10 }
        """;

    private static string Listener(int number, string protocol, int port) => $$"""
        { "ListenerArn": "{{Arn}}:listener/{{Id}}/000000000000000{{number}}", "LoadBalancerArn": "{{Arn}}:loadbalancer/{{Id}}",
          "Port": {{port}}, "Protocol": "{{protocol}}"
        """;

    private static string Rule(int number, int listener = 1) => $$"""
        { "RuleArn": "{{Arn}}:listener-rule/{{Id}}/000000000000000{{listener}}/000000000000000{{number}}", "Priority": "{{number}}",
          "IsDefault": false,
        """;

    private static string Forward(string group, int order = 1) => $$"""
        { "Type": "forward", "Order": {{order}}, "TargetGroupArn": "{{group}}", "ForwardConfig": { "TargetGroups": [
          { "TargetGroupArn": "{{group}}", "Weight": 1 } ], "TargetGroupStickinessConfig": { "Enabled": false } } }
        """;
}
