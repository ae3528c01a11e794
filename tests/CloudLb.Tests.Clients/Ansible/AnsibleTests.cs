using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Ansible;

/// <summary>
/// Ansible's <c>elb_classic_lb</c>: each task changes what it names, and the same task again changes nothing, which the module finds out by
/// comparing whole structures of the answers with its own.
/// </summary>
public sealed class AnsibleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_in_zones_is_made_changed_in_every_property_and_deleted()
    {
        await using var server = await StartAsync();
        await using var backend = await Backend.StartAsync(Token);
        var certificate = await UploadAsync(server, "web");
        var other = await UploadAsync(server, "other");
        var web = $$"""{"protocol": "http", "load_balancer_port": {{Ports.Http}}, "instance_port": {{backend.Port}}}""";
        var secure = $$"""{"protocol": "https", "load_balancer_port": 8443, "instance_protocol": "http", "instance_port": {{backend.Port}}, "ssl_certificate_id": "CERTIFICATE"}""";
        var changes = new (string Name, string Arguments)[]
        {
            ("made", $$"""{"state": "present", "name": "web", "zones": ["us-east-1a"], "listeners": [{{web}}]}"""),
            (
                "health check",
                $$"""{"health_check": {"ping_protocol": "http", "ping_port": {{backend.Port}}, "ping_path": "/health", "interval": 5, "timeout": 2, "healthy_threshold": 2, "unhealthy_threshold": 3} }"""),
            ("instances", $$"""{"instance_ids": ["{{backend.Address}}"], "wait": true, "wait_timeout": 60}"""),
            ("no instances", """{"instance_ids": [], "purge_instance_ids": true, "wait": false}"""),
            ("listener added", $$"""{"listeners": [{{web}}, {"protocol": "http", "load_balancer_port": 8081, "instance_port": 8000}]}"""),
            ("secure listener", $$"""{"listeners": [{{web}}, {{secure.Replace("CERTIFICATE", certificate, StringComparison.Ordinal)}}]}"""),
            ("certificate", $$"""{"listeners": [{{web}}, {{secure.Replace("CERTIFICATE", other, StringComparison.Ordinal)}}]}"""),
            ("zones", """{"zones": ["us-east-1b", "us-east-1c"], "purge_zones": true}"""),
            ("attributes", """{"cross_az_load_balancing": true, "connection_draining_timeout": 60, "idle_timeout": 90}"""),
            ("draining longer", """{"connection_draining_timeout": 90}"""),
            ("other attributes", """{"cross_az_load_balancing": false, "connection_draining_timeout": 0, "idle_timeout": 30}"""),
            ("access logs", """{"access_logs": {"s3_location": "logs", "s3_prefix": "prod/web", "interval": 5} }"""),
            ("access logs elsewhere", """{"access_logs": {"s3_location": "other-logs", "interval": 60} }"""),
            ("no access logs", """{"access_logs": {"enabled": false} }"""),
            ("stickiness", """{"stickiness": {"type": "loadbalancer", "expiration": 300}}"""),
            ("stickiness longer", """{"stickiness": {"type": "loadbalancer", "expiration": 600}}"""),
            ("stickiness by application", """{"stickiness": {"type": "application", "cookie": "session"}}"""),
            ("no stickiness", """{"stickiness": {"enabled": false}}"""),
            ("tags", """{"tags": {"Name": "web", "empty": ""}}"""),
            ("other tags", """{"tags": {"Name": "web 2"}}"""),
            (
                "PROXY protocol",
                """{"stickiness": null, "listeners": [{"protocol": "tcp", "load_balancer_port": 2525, "instance_port": 25, "proxy_protocol": true}]}"""),
            (
                "no PROXY protocol",
                """{"listeners": [{"protocol": "tcp", "load_balancer_port": 2525, "instance_port": 25, "proxy_protocol": false}]}"""),
            ("deleted", """{"state": "absent", "wait": true, "wait_timeout": 60}"""),
        };

        var answers = await RunAsync(server, changes);

        Assert.Equal(changes.SelectMany(_ => new[] { true, false }), answers.Values.Select(answer => (bool)answer["changed"]!));
        var last = answers["no PROXY protocol, again"]["load_balancer"]!;
        Assert.Equal("{\"name\":\"web 2\"}", last["tags"]!.ToJsonString().ToLowerInvariant());
        Assert.Equal(30, (int)last["load_balancer_attributes"]!["connection_settings"]!["idle_timeout"]!);
        Assert.Equal(
            [(true, "logs", "prod/web", 5), (true, "other-logs", "", 60), (false, "other-logs", "", 60)],
            new[] { "access logs, again", "access logs elsewhere, again", "no access logs, again" }.Select(
                task => AccessLog(answers[task])));
        Assert.Equal("InService", (string?)answers["instances"]["elb"]!["instance_health"]![0]!["state"]);
        Assert.Equal("deleted", (string?)answers["deleted"]["elb"]!["status"]);
        Assert.Equal("gone", (string?)answers["deleted, again"]["elb"]!["status"]);
    }

    [Fact]
    public async Task A_load_balancer_in_subnets_finds_its_groups_by_name_and_changes_its_scheme()
    {
        var inventory = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            inventory,
            """
            {
              "vpcs": { "vpc-1": {} },
              "subnets": { "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-1" }, "subnet-2": { "zone": "us-east-1b", "vpc": "vpc-1" } },
              "securityGroups": { "sg-1": { "name": "web", "vpc": "vpc-1" }, "sg-2": { "name": "office", "vpc": "vpc-1" } }
            }
            """,
            Token);
        await using var server = await StartAsync(("Inventory:File", inventory));
        var changes = new (string Name, string Arguments)[]
        {
            ("made", """
                {"state": "present", "name": "web", "subnets": ["subnet-1"], "security_group_names": ["web"], "tags": {"team": "a"}, "wait": true, "wait_timeout": 60,
                 "listeners": [{"protocol": "http", "load_balancer_port": 18080, "instance_port": 8000}]}
                """),
            ("subnets", """{"subnets": ["subnet-1", "subnet-2"]}"""),
            ("one subnet", """{"subnets": ["subnet-2"], "purge_subnets": true}"""),
            ("groups by name", """{"security_group_names": ["office", "web"]}"""),
            ("groups by id", """{"security_group_names": null, "security_group_ids": ["sg-2"]}"""),
            ("scheme", """{"scheme": "internal"}"""),
            ("deleted", """{"state": "absent", "wait": true, "wait_timeout": 60}"""),
        };

        var answers = await RunAsync(server, changes);

        Assert.Equal(changes.SelectMany(_ => new[] { true, false }), answers.Values.Select(answer => (bool)answer["changed"]!));
        Assert.Equal("internal", (string?)answers["scheme"]["load_balancer"]!["scheme"]);
        Assert.Equal(["sg-2"], answers["scheme, again"]["load_balancer"]!["security_groups"]!.AsArray().Select(group => (string?)group));
        File.Delete(inventory);
    }

    private static (bool, string?, string?, int) AccessLog(JsonNode answer)
    {
        var log = answer["load_balancer"]!["load_balancer_attributes"]!["access_log"]!;
        return ((bool)log["enabled"]!, (string?)log["s3_bucket_name"], (string?)log["s3_bucket_prefix"], (int)log["emit_interval"]!);
    }

    /// <summary>Each change stands on those before it; null takes an argument out.</summary>
    private static Task<IReadOnlyDictionary<string, JsonNode>> RunAsync(
        CloudLbProcess server, IEnumerable<(string Name, string Arguments)> changes)
    {
        var playbook = new AnsiblePlaybook(server.Url, Account.First);
        var arguments = new JsonObject();
        foreach (var (name, change) in changes)
        {
            foreach (var (argument, value) in JsonNode.Parse(change)!.AsObject())
            {
                arguments.Remove(argument);
                if (value is not null)
                {
                    arguments[argument] = value.DeepClone();
                }
            }

            playbook.Twice(name, arguments);
        }

        return playbook.RunAsync(Token);
    }

    private static Task<CloudLbProcess> StartAsync(params (string Name, string Value)[] settings) =>
        CloudLbProcess.StartAsync(Token, settings);

    private static async Task<string> UploadAsync(CloudLbProcess server, string name)
    {
        var files = ServerCertificateFiles.New($"{name}.test");
        var uploaded = await new GoSdk(server.Url, Account.First, "tests").CallAsync(
            "iam:UploadServerCertificate",
            new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = name }, Token);
        return uploaded.Need("UploadServerCertificateResult", "ServerCertificateMetadata", "Arn").Value;
    }
}
