using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Printing;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Tests.Unit.Migration;

/// <summary>What is called for application and network load balancers, and what is left out and why.</summary>
public sealed class V2PlanTests
{
    private const string Arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333";
    private const string LoadBalancer = $"{Arn}:loadbalancer/app/web/50dc6c495c0c9188", Group = $"{Arn}:targetgroup/web/73e2d6bc24d8a067";
    private const string Listener = $"{Arn}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2", Store = $"{Arn}:truststore/people/0123";

    private static readonly string Rule = Listener.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal) + "/1";

    [Fact]
    public void A_load_balancer_that_is_a_target_is_registered_when_it_has_its_listener()
    {
        var chain = $$"""
            { "TargetGroups": [ { "TargetGroupArn": "{{Arn}}:targetgroup/chain/1", "TargetGroupName": "chain", "Protocol": "TCP",
              "Port": 80, "TargetType": "alb" } ] }
            { "TargetGroupArn": "{{Arn}}:targetgroup/chain/1", "TargetHealthDescriptions": [
              { "Target": { "Id": "{{LoadBalancer}}", "Port": 80 } } ] }
            """;

        var plan = Plan(Web() + chain, Surroundings.Unknown);
        Assert.Equal("RegisterTargets", plan.Steps[^1].Action);
        Assert.Equal("target group chain: targets: " + LoadBalancer + " 80", plan.Steps[^1].Text);

        var printed = TerraformText.Of(Read(Web() + chain), isImport: false);
        Assert.Contains("target_id        = aws_lb.web_2.arn\n", printed, StringComparison.Ordinal);
        Assert.Contains("depends_on       = [aws_lb_listener.web_80]\n", printed, StringComparison.Ordinal);
        Assert.Contains("--targets '[{\"Id\":\"'\"$lb_web\"'\",\"Port\":80}]'", ShellCommands.Of(plan, new()), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_actions_keep_their_order_and_one_alone_needs_none()
    {
        var steps = Plan(Web(SignIn(", \"ClientSecret\": \"secret\"")), Surroundings.Unknown).Steps;

        Assert.Equal(["1", "2"], Orders(steps.Single(step => step.Action == "CreateRule"), "Actions"));
        Assert.Equal([null], Orders(steps.Single(step => step.Action == "CreateListener"), "DefaultActions"));
    }

    [Fact]
    public void A_client_s_secret_is_asked_for_and_never_made_up()
    {
        var source = Web(SignIn(""));
        var plan = Plan(source, Surroundings.Unknown);
        Assert.DoesNotContain(plan.Steps, step => step.Action == "CreateRule");
        Assert.Contains("rule 5 is left out. No API tells the secret of its client my'id at https://id.example.com", plan.Missing.Single());

        Assert.Empty(Plan(Web(SignIn(", \"ClientSecret\": \"secret\"")), Surroundings.Unknown).Missing);

        var secrets = new ClientSecretMarks();
        var script = ShellCommands.Of(Plan(source, Surroundings.Unknown with { ClientSecret = secrets.Of }), secrets);
        Assert.Contains(": \"${secret_my_id:?is not set}\"\n", script, StringComparison.Ordinal);
        Assert.Contains("\"ClientSecret\":\"'\"$secret_my_id\"'\"", script, StringComparison.Ordinal);

        var printed = TerraformText.Of(Read(source), isImport: true);
        Assert.Contains(
            "variable \"client_secret_my_id\" {\n  type      = string\n  sensitive = true\n}\n", printed, StringComparison.Ordinal);
        Assert.Contains(" = var.client_secret_my_id\n", printed, StringComparison.Ordinal);
        Assert.Contains("authentication_request_extra_params = { \"display\" = \"page\" }\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_here_already_is_the_same_with_its_secret_and_without()
    {
        var plan = Planner.Plan(Read(Web(SignIn(", \"ClientSecret\": \"secret\""))), Read(Web(SignIn(""))), Surroundings.Unknown);

        Assert.Empty(plan.Steps);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void A_trust_store_of_the_same_name_stands_for_another_and_none_is_told()
    {
        var trusting = $", \"MutualAuthentication\": {{ \"Mode\": \"verify\", \"TrustStoreArn\": \"{Store}\", " +
            "\"TrustStoreAssociationStatus\": \"active\" }";
        var plan = Plan(Web(listener: trusting), Surroundings.Unknown with { TrustStore = arn => "here" });
        Assert.Equal("here", plan.Here[Store]);
        Assert.Equal(
            $$"""{"Mode":"verify","TrustStoreArn":"{{Store}}"}""",
            plan.Steps.Single(step => step.Action == "CreateListener").Request["MutualAuthentication"]!.ToJsonString());

        var missing = Plan(Web(listener: trusting), Surroundings.Unknown with { TrustStore = _ => null });
        Assert.DoesNotContain(missing.Steps, step => step.Action == "CreateListener");
        Assert.Contains("create-trust-store --name people ", missing.Missing.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_weight_of_a_forward_s_only_group_is_kept()
    {
        var forward = Fixed.Replace(
            $"\"TargetGroupArn\": \"{Group}\"",
            $"\"TargetGroupArn\": \"{Group}\", \"ForwardConfig\": {{ \"TargetGroups\": [" +
            $"{{ \"TargetGroupArn\": \"{Group}\", \"Weight\": 50 }}] }}", StringComparison.Ordinal);
        var rule = Plan(Web(forward), Surroundings.Unknown).Steps.Single(step => step.Action == "CreateRule");

        Assert.Equal(
            $$$"""[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"{{{Group}}}","Weight":50}]}}]""",
            rule.Request["Actions"]!.ToJsonString());
        Assert.Contains("        weight = 50\n", TerraformText.Of(Read(Web(forward)), isImport: false), StringComparison.Ordinal);

        var other = Planner.Plan(Read(Web(forward)), Read(Web(Fixed)), Surroundings.Unknown);
        Assert.Contains("rule 5 exists already, and its Actions differ here", other.Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_balancer_that_is_here_is_given_its_address_type()
    {
        var dual = Web().Replace("\"Scheme\"", "\"IpAddressType\": \"dualstack\", \"Scheme\"", StringComparison.Ordinal);
        var four = Web().Replace("\"Scheme\"", "\"IpAddressType\": \"ipv4\", \"Scheme\"", StringComparison.Ordinal);

        var step = Assert.Single(Planner.Plan(Read(dual), Read(four), Surroundings.Unknown).Steps);
        Assert.Equal(("SetIpAddressType", "application load balancer web: IP address type dualstack"), (step.Action, step.Text));
        Assert.Empty(Planner.Plan(Read(dual), Read(dual), Surroundings.Unknown).Steps);
        Assert.Empty(Planner.Plan(Read(Web()), Read(dual), Surroundings.Unknown).Steps);
    }

    [Fact]
    public void A_certificate_that_is_not_here_is_brought_to_where_it_was()
    {
        Assert.Contains(
            "aws acm import-certificate ", MissingCertificate.Text("arn:aws:acm:us-east-1:1:certificate/2"), StringComparison.Ordinal);
        Assert.Contains(
            "aws iam upload-server-certificate --server-certificate-name old ",
            MissingCertificate.Text("arn:aws:iam::1:server-certificate/old"), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_of_the_provider_stand_within_another()
    {
        var attributes = $$"""
            { "TargetGroupArn": "{{Group}}", "Attributes": [
              { "Key": "target_group_health.dns_failover.minimum_healthy_targets.count", "Value": "2" },
              { "Key": "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "Value": "50" },
              { "Key": "deregistration_delay.timeout_seconds", "Value": "300" } ] }
            """;

        Assert.Contains(
            "  target_group_health {\n    dns_failover {\n      minimum_healthy_targets_count = 2\n    }\n\n" +
            "    unhealthy_state_routing {\n      minimum_healthy_targets_percentage = 50\n    }\n  }\n",
            TerraformText.Of(Read(Web() + attributes), isImport: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transform_keeps_the_name_of_its_block()
    {
        var rewriting = Fixed.Replace(
            "\"Actions\"",
            "\"Transforms\": [{ \"Type\": \"url-rewrite\", \"UrlRewriteConfig\": " +
            "{ \"Rewrites\": [{ \"Regex\": \"a\", \"Replace\": \"b\" }] } }], \"Actions\"", StringComparison.Ordinal);

        Assert.Contains(
            "    url_rewrite_config {\n      rewrite {\n", TerraformText.Of(Read(Web(rewriting)), isImport: false),
            StringComparison.Ordinal);
    }

    private static string Fixed => $$"""
        { "RuleArn": "{{Rule}}", "Priority": "5", "IsDefault": false,
          "Conditions": [ { "Field": "path-pattern", "PathPatternConfig": { "Values": ["/a"] } } ],
          "Actions": [ { "Type": "forward", "Order": 1, "TargetGroupArn": "{{Group}}" } ] }
        """;

    private static string SignIn(string more) => $$"""
        { "RuleArn": "{{Rule}}", "Priority": "5", "IsDefault": false,
          "Conditions": [ { "Field": "path-pattern", "PathPatternConfig": { "Values": ["/a"] } } ],
          "Actions": [ { "Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": { "Issuer": "https://id.example.com",
            "AuthorizationEndpoint": "https://id.example.com/a", "TokenEndpoint": "https://id.example.com/t",
            "UserInfoEndpoint": "https://id.example.com/u", "ClientId": "my'id",
            "AuthenticationRequestExtraParams": { "display": "page" }{{more}} } },
            { "Type": "forward", "Order": 2, "TargetGroupArn": "{{Group}}" } ] }
        """;

    private static string Web(string rule = "", string listener = "") => $$"""
        { "LoadBalancers": [ { "LoadBalancerArn": "{{LoadBalancer}}", "LoadBalancerName": "web", "Type": "application",
          "Scheme": "internal", "AvailabilityZones": [] } ] }
        { "TargetGroups": [ { "TargetGroupArn": "{{Group}}", "TargetGroupName": "web", "Protocol": "HTTP", "Port": 80,
          "TargetType": "ip" } ] }
        { "Listeners": [ { "ListenerArn": "{{Listener}}", "LoadBalancerArn": "{{LoadBalancer}}", "Port": 80, "Protocol": "HTTP",
          "DefaultActions": [ { "Type": "forward", "Order": 1, "TargetGroupArn": "{{Group}}" } ]{{listener}} } ] }
        { "Rules": [ {{rule}} ] }
        """;

    private static IEnumerable<string?> Orders(Step step, string list) =>
        step.Request[list]!.AsArray().Select(action => action!["Order"]?.ToString());

    private static MigrationPlan Plan(string documents, Surroundings surroundings) =>
        Planner.Plan(Read(documents), new(), surroundings);

    private static Estate Read(string documents)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, documents);
            var builder = new EstateBuilder();
            builder.AddAll(ExportFiles.Read([file]));
            return builder.Build();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
