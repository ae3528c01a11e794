using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are: an <c>aws_elb</c> with every argument, each of them changed, and nothing left at the end.
/// </summary>
public sealed class TerraformElbTests(TerraformServer server)
{
    private const string Web = """
        listener {
            lb_port           = 8101
            lb_protocol       = "http"
            instance_port     = 8000
            instance_protocol = "http"
          }
        """;

    private const string Secure = """
        listener {
            lb_port            = 8102
            lb_protocol        = "https"
            instance_port      = 8443
            instance_protocol  = "https"
            ssl_certificate_id = aws_iam_server_certificate.web.arn
          }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Groups of changes, each an argument of <c>aws_elb.web</c> or <c>aws_elb.net</c> and what it says from then on; nothing: it is left
    /// out.
    /// </summary>
    private static IEnumerable<(string LoadBalancer, string Argument, string Text)[]> Changes =>
    [
        [
            ("web", "availability_zones", "availability_zones = [\"us-east-1a\", \"us-east-1b\"]"),
            ("web", "instances", "instances = [\"i-0a\", \"i-0b\"]"),
            ("web", "cross_zone_load_balancing", "cross_zone_load_balancing = false"),
            ("web", "idle_timeout", "idle_timeout = 90"),
            ("web", "connection_draining", "connection_draining = true"),
            ("web", "connection_draining_timeout", "connection_draining_timeout = 400"),
            ("web", "desync_mitigation_mode", "desync_mitigation_mode = \"strictest\""),
            ("web", "tags", "tags = { team = \"a\", empty = \"\", \"über alles\" = \"é\" }"),
            ("web", "health_check", HealthCheck("HTTP:8000/ping?a=b", 10, 5, 2, 3)),
            ("web", "access_logs", "access_logs {\n    bucket = \"logs\"\n    bucket_prefix = \"web\"\n    interval = 5\n  }"),
            ("web", "listeners", $"{Web}\n  {Secure}"),
            ("net", "subnets", "subnets = [\"subnet-0a\", \"subnet-0b\"]"),
            ("net", "security_groups", "security_groups = [\"sg-0b\", \"sg-0a\"]"),
        ],
        [
            ("web", "availability_zones", "availability_zones = [\"us-east-1b\", \"us-east-1c\"]"),
            ("web", "instances", "instances = [\"i-0b\", \"i-0c\"]"),
            ("web", "cross_zone_load_balancing", ""),
            ("web", "idle_timeout", "idle_timeout = 4000"),
            ("web", "connection_draining_timeout", "connection_draining_timeout = 60"),
            ("web", "desync_mitigation_mode", "desync_mitigation_mode = \"monitor\""),
            ("web", "tags", "tags = { team = \"b\" }"),
            ("web", "health_check", HealthCheck("TCP:22", 300, 60, 10, 10)),
            ("web", "access_logs", "access_logs {\n    bucket = \"other-logs\"\n    interval = 60\n  }"),
            (
                "web", "listeners",
                $"{Web.Replace("8000", "8001", StringComparison.Ordinal)}\n  {Secure.Replace("8443", "8444", StringComparison.Ordinal)}"),
            ("net", "subnets", "subnets = [\"subnet-0c\", \"subnet-0b\"]"),
            ("net", "security_groups", "security_groups = [\"sg-0b\"]"),
        ],
        [
            ("web", "instances", "instances = []"),
            ("web", "idle_timeout", ""),
            ("web", "connection_draining", ""),
            ("web", "desync_mitigation_mode", ""),
            ("web", "tags", ""),
            ("web", "health_check", HealthCheck("SSL:8443", 5, 2, 2, 2)),
            ("web", "access_logs", "access_logs {\n    bucket = \"other-logs\"\n    enabled = false\n  }"),
            ("web", "listeners", Web.Replace("\"http\"", "\"tcp\"", StringComparison.Ordinal)),
            ("net", "internal", ""),
        ],
        [
            ("web", "name", "name = \"terraform-renamed\""),
            ("web", "access_logs", ""),
            ("net", "name", "name_prefix = \"tfx-\""),
            ("net", "source_security_group", $"source_security_group = \"{Account.First.Id}/office\""),
        ],
    ];

    [Fact]
    public async Task Every_argument_is_set_and_changed_and_a_plan_finds_nothing_to_do_after_each_step()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, Token);
        TerraformCertificate.Write(workspace, "web");
        var loadBalancers = new Dictionary<string, SortedDictionary<string, string>>
        {
            ["web"] = new()
            {
                ["name"] = "name = \"terraform-web\"",
                ["availability_zones"] = "availability_zones = [\"us-east-1a\"]",
                ["listeners"] = Web,
            },
            ["net"] = new()
            {
                ["name"] = "name = \"terraform-net\"",
                ["internal"] = "internal = true",
                ["subnets"] = "subnets = [\"subnet-0a\"]",
                ["listeners"] = Web,
            },
        };

        await workspace.ApplyAsync("made", Configuration(loadBalancers));
        foreach (var step in TerraformRounds.Steps(Changes))
        {
            foreach (var (name, argument, text) in step)
            {
                loadBalancers[name][argument] = text;
            }

            await workspace.ApplyAsync(
                string.Join(", ", step.Select(change => $"{change.LoadBalancer}: {change.Argument}")), Configuration(loadBalancers));
        }

        var outputs = await workspace.OutputsAsync();
        Assert.StartsWith("terraform-renamed-", (string?)outputs["web"]!["dns_name"], StringComparison.Ordinal);
        Assert.Equal(
            $"arn:aws:elasticloadbalancing:us-east-1:{Account.First.Id}:loadbalancer/terraform-renamed", (string?)outputs["web"]!["arn"]);
        Assert.StartsWith("tfx-", (string?)outputs["net"]!["name"], StringComparison.Ordinal);
        await workspace.DestroyAsync();
        foreach (var name in new[] { "terraform-web", "terraform-net", "terraform-renamed", "tfx-" })
        {
            await server.NothingIsLeftAsync(name, Token);
        }
    }

    private static string Configuration(Dictionary<string, SortedDictionary<string, string>> loadBalancers) => string.Concat(loadBalancers.Select(one => $$"""
        resource "aws_elb" "{{one.Key}}" {
          {{string.Join("\n  ", one.Value.Values)}}
        }

        output "{{one.Key}}" {
          value = { for name in ["arn", "dns_name", "name"] : name => aws_elb.{{one.Key}}[name] }
        }

        """)) + TerraformCertificate.Resource("web", "terraform-elb-");

    private static string HealthCheck(string target, int interval, int timeout, int healthy, int unhealthy) => $$"""
        health_check {
            target              = "{{target}}"
            interval            = {{interval}}
            timeout             = {{timeout}}
            healthy_threshold   = {{healthy}}
            unhealthy_threshold = {{unhealthy}}
          }
        """;
}
