using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;
using static CloudLb.Tests.Clients.Ansible.AnsiblePlaybook;

namespace CloudLb.Tests.Clients.Ansible;

/// <summary>
/// Ansible's <c>elb_application_lb</c>, <c>elb_network_lb</c> and <c>elb_target_group</c>: each task changes what it names, and the same
/// task again changes nothing, which the modules find out by comparing whole structures of the answers with their own.
/// </summary>
public sealed class AnsibleV2Tests
{
    private const string Inventory = """
        {
          "i-0a": { "address": "127.0.0.11", "zone": "us-east-1a", "vpc": "vpc-1" },
          "i-0b": { "address": "127.0.0.12", "zone": "us-east-1b", "vpc": "vpc-1" },
          "vpcs": { "vpc-1": { "default": true } },
          "subnets": {
            "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-1" }, "subnet-2": { "zone": "us-east-1b", "vpc": "vpc-1" },
            "subnet-3": { "zone": "us-east-1c", "vpc": "vpc-1" }
          },
          "securityGroups": { "sg-1": { "name": "web", "vpc": "vpc-1" }, "sg-2": { "name": "office", "vpc": "vpc-1" } }
        }
        """;

    private const string Forward = """[{"Type": "forward", "TargetGroupName": "web"}]""";

    private const string Rules = """
        [
          {"Priority": "1", "Conditions": [{"Field": "path-pattern", "Values": ["/api/*"]}], "Actions": FORWARD},
          {"Priority": "2", "Conditions": [{"Field": "host-header", "Values": ["a.example.com"]}],
           "Actions": [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}", "StatusCode": "HTTP_301"}}]}
        ]
        """;

    /// <summary>A rule whose clients are signed in; the module sends the secret and the word that there is one when it makes it.</summary>
    private const string SignIn = """
        [
          {"Priority": "3", "Conditions": [{"Field": "path-pattern", "Values": ["/in/*"]}], "Actions": [
            {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {
              "Issuer": "https://id.example.com", "AuthorizationEndpoint": "https://id.example.com/authorize",
              "TokenEndpoint": "https://id.example.com/token", "UserInfoEndpoint": "https://id.example.com/me", "ClientId": "web",
              "ClientSecret": "what nobody is told", "UseExistingClientSecret": true, "SessionCookieName": "AWSELBAuthSessionCookie",
              "SessionTimeout": 604800, "Scope": "SCOPE", "OnUnauthenticatedRequest": "authenticate"}},
            {"Type": "forward", "TargetGroupName": "web", "Order": 2}]}
        ]
        """;

    private static readonly (string Module, string Name, string Arguments)[] Changes =
    [
        (TargetGroup, "group made", """
            {"state": "present", "name": "web", "protocol": "http", "port": 8000, "vpc_id": "vpc-1", "target_type": "instance",
             "health_check_protocol": "http", "health_check_path": "/", "tags": {"team": "a"}}
            """),
        (TargetGroup, "group's checks", """
            {"health_check_path": "/ping", "health_check_port": "8001", "health_check_interval": 20, "health_check_timeout": 4,
             "healthy_threshold_count": 3, "unhealthy_threshold_count": 4, "successful_response_codes": "200,202"}
            """),
        (TargetGroup, "group's attributes", """
            {"deregistration_delay_timeout": 60, "load_balancing_algorithm_type": "least_outstanding_requests",
             "stickiness_enabled": true, "stickiness_type": "lb_cookie", "stickiness_lb_cookie_duration": 100}
            """),
        (TargetGroup, "group's targets", """{"targets": [{"Id": "i-0a", "Port": 8000}, {"Id": "i-0b", "Port": 8000}]}"""),
        (TargetGroup, "fewer targets", """{"targets": [{"Id": "i-0b", "Port": 8000}], "deregistration_delay_timeout": 0}"""),
        (TargetGroup, "group's tags", """
            {"tags": {"team": "b", "empty": ""}, "modify_targets": false, "targets": [{"Id": "i-0a", "Port": 8000}]}
            """),
        (TargetGroup, "calls", """
            {"state": "present", "name": "calls", "protocol": "http", "protocol_version": "GRPC", "port": 8000, "vpc_id": "vpc-1",
             "target_type": "ip", "health_check_protocol": "http", "health_check_path": "/a.B/C", "successful_response_codes": "0-10"}
            """),
        (ApplicationLoadBalancer, "made", """
            {"state": "present", "name": "web", "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "wait": true,
             "listeners": [{"Protocol": "HTTP", "Port": 8080, "DefaultActions": FORWARD}]}
            """),
        (ApplicationLoadBalancer, "attributes", """
            {"idle_timeout": 90, "http_desync_mitigation_mode": "strictest", "http2": false, "http_drop_invalid_header_fields": true,
             "http_x_amzn_tls_version_and_cipher_suite": true, "http_xff_client_port": true,
             "access_logs_enabled": true, "access_logs_s3_bucket": "ansible", "access_logs_s3_prefix": "web"}
            """),
        (ApplicationLoadBalancer, "tags", """{"tags": {"Name": "web", "empty": ""}}"""),
        (ApplicationLoadBalancer, "other tags", """{"tags": {"Name": "web 2"}}"""),
        (ApplicationLoadBalancer, "tags beside others", """{"tags": {"more": "1"}, "purge_tags": false}"""),
        (ApplicationLoadBalancer, "subnets", """{"subnets": ["subnet-2", "subnet-3"]}"""),
        (ApplicationLoadBalancer, "groups", """{"security_groups": ["sg-2", "sg-1"]}"""),
        (ApplicationLoadBalancer, "rules", """
            {"listeners": [{"Protocol": "HTTP", "Port": 8080, "DefaultActions": FORWARD, "Rules": RULES}]}
            """),
        (ApplicationLoadBalancer, "other rules", """
            {"listeners": [{"Protocol": "HTTP", "Port": 8080, "DefaultActions": FORWARD, "Rules": [
              {"Priority": "1", "Conditions": [{"Field": "path-pattern", "Values": ["/v2/*"]}],
               "Actions": [{"Type": "fixed-response", "FixedResponseConfig": {"ContentType": "text/plain", "MessageBody": "moved", "StatusCode": "410"}}]}]}]}
            """),
        (ApplicationLoadBalancer, "listener added", """
            {"listeners": [
              {"Protocol": "HTTP", "Port": 8080, "DefaultActions": FORWARD},
              {"Protocol": "HTTP", "Port": 8081, "DefaultActions": [{"Type": "forward", "TargetGroupName": "web"}]}]}
            """),
        (ApplicationLoadBalancer, "listener changed and removed", """
            {"listeners": [{"Protocol": "HTTP", "Port": 8081, "DefaultActions": [
              {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}", "StatusCode": "HTTP_302"}}]}]}
            """),
        (ApplicationLoadBalancer, "secure listener", """
            {"listeners": [{"Protocol": "HTTPS", "Port": 8443, "SslPolicy": "ELBSecurityPolicy-2016-08",
              "Certificates": [{"CertificateArn": "FIRST"}], "DefaultActions": FORWARD}]}
            """),
        (ApplicationLoadBalancer, "other certificate, policy and a sign-in", """
            {"listeners": [{"Protocol": "HTTPS", "Port": 8443, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
              "Certificates": [{"CertificateArn": "SECOND"}], "DefaultActions": FORWARD, "Rules": SIGN}]}
            """.Replace("SIGN", SignIn.Replace("SCOPE", "openid", StringComparison.Ordinal), StringComparison.Ordinal)),
        (ApplicationLoadBalancer, "another sign-in beside listeners and rules that stay", """
            {"purge_listeners": false, "purge_rules": false, "listeners": [
              {"Protocol": "HTTPS", "Port": 8443, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
               "Certificates": [{"CertificateArn": "SECOND"}], "DefaultActions": FORWARD, "Rules": SIGN},
              {"Protocol": "HTTP", "Port": 8082, "DefaultActions": FORWARD}]}
            """.Replace("SIGN", SignIn.Replace("SCOPE", "openid email", StringComparison.Ordinal), StringComparison.Ordinal)),
        (ApplicationLoadBalancer, "a rule beside others", """
            {"listeners": [{"Protocol": "HTTP", "Port": 8082, "DefaultActions": FORWARD, "Rules": [
              {"Priority": "9", "Conditions": [
                 {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-Kind", "Values": ["a", "b*"]}},
                 {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}},
                 {"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/8"]}}], "Actions": FORWARD}]}]}
            """),
        (ApplicationLoadBalancer, "protected", """{"deletion_protection": true}"""),
        (ApplicationLoadBalancer, "not protected", """{"deletion_protection": false}"""),
        (TargetGroup, "streams", """
            {"state": "present", "name": "net", "protocol": "tcp", "port": 25, "vpc_id": "vpc-1", "target_type": "ip",
             "targets": [{"Id": "127.0.0.11", "Port": 25}], "proxy_protocol_v2_enabled": true}
            """),
        (TargetGroup, "stickiness by source", """{"stickiness_enabled": true, "stickiness_type": "source_ip"}"""),
        (NetworkLoadBalancer, "network made", """
            {"state": "present", "name": "net", "subnet_mappings": [{"SubnetId": "subnet-1", "AllocationId": "eipalloc-0a"}], "wait": true,
             "tags": {"team": "a"},
             "listeners": [{"Protocol": "TCP", "Port": 2525, "DefaultActions": [{"Type": "forward", "TargetGroupName": "net"}]}]}
            """),
        (NetworkLoadBalancer, "network's attributes", """{"cross_zone_load_balancing": true, "tags": {"team": "b"}}"""),
        (NetworkLoadBalancer, "network's listeners", """
            {"listeners": [{"Protocol": "TLS", "Port": 2626, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
              "Certificates": [{"CertificateArn": "FIRST"}], "DefaultActions": [{"Type": "forward", "TargetGroupName": "net"}]}]}
            """),
        (NetworkLoadBalancer, "network deleted", """{"state": "absent"}"""),
        (ApplicationLoadBalancer, "deleted", """{"state": "absent", "wait": true}"""),
        (TargetGroup, "groups deleted", """{"name": "web", "state": "absent"}"""),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_balancers_and_groups_are_made_changed_in_what_the_modules_have_and_deleted()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Inventory, Token);
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("Inventory:File", file), ($"ElasticAddresses:{Account.First.Id}:eipalloc-0a", $"{Ports.Network()}.1"));
        var first = await ServerCertificateFiles.New("first.test").UploadAsync(server.Url, "first", Token);
        var second = await ServerCertificateFiles.New("second.test").UploadAsync(server.Url, "second", Token);
        var playbook = new AnsiblePlaybook(server.Url, Account.First);
        var arguments = new Dictionary<(string Module, string Name), JsonObject>();
        var names = new Dictionary<string, string>();
        foreach (var (module, name, change) in Changes)
        {
            var changed = JsonNode.Parse(
                change.Replace("RULES", Rules, StringComparison.Ordinal).Replace("FORWARD", Forward, StringComparison.Ordinal)
                    .Replace("FIRST", first, StringComparison.Ordinal).Replace("SECOND", second, StringComparison.Ordinal))!.AsObject();
            names[module] = (string?)changed["name"] ?? names[module];
            var whole = arguments.TryGetValue((module, names[module]), out var before) ? before : [];
            arguments[(module, names[module])] = whole;
            foreach (var (argument, value) in changed)
            {
                whole[argument] = value?.DeepClone();
            }

            playbook.Twice(name, whole, module);
        }

        var answers = await playbook.RunAsync(Token);

        Assert.Equal(
            Changes.SelectMany(change => new[] { $"{change.Name}: True", $"{change.Name}, again: False" }),
            answers.Select(answer => $"{answer.Key}: {answer.Value["changed"]}"), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("{\"name\":\"web 2\"}", answers["other tags, again"]["tags"]!.ToJsonString().ToLowerInvariant());
        Assert.Equal(
            "{\"name\":\"web 2\",\"more\":\"1\"}", answers["subnets, again"]["tags"]!.ToJsonString().ToLowerInvariant());
        Assert.Equal(3, answers["rules, again"]["listeners"]![0]!["rules"]!.AsArray().Count);
        Assert.Equal(
            [8082, 8443],
            answers["a rule beside others, again"]["listeners"]!.AsArray().Select(listener => (int)listener!["port"]!).Order());
        File.Delete(file);
    }
}
