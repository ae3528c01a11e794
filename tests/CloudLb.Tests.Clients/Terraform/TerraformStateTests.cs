using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// What Terraform knows and what there is: drift that is put right, deletion by hand, attachments, imports by block and by command, two
/// regions.
/// </summary>
public sealed class TerraformStateTests(TerraformServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_changed_or_deleted_by_hand_is_seen_and_put_right()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.Environment, Token);
        var api = await server.ApiAsync(Token);
        var main = Resource("web", "terraform-drift", 8131) + Attachment("first", "i-0a") + Attachment("second", "127.0.0.14");
        await workspace.ApplyAsync("made", main);

        await api.DeregisterAsync("terraform-drift", "i-0a", Token);
        await api.CallAsync("Action=DeleteLoadBalancerListeners&LoadBalancerName=terraform-drift&LoadBalancerPorts.member.1=8131", Token);
        await api.CallAsync(
            "Action=CreateLoadBalancerListeners&LoadBalancerName=terraform-drift&Listeners.member.1.Protocol=TCP" +
            "&Listeners.member.1.LoadBalancerPort=8132&Listeners.member.1.InstancePort=22", Token);
        await api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=terraform-drift" +
            "&LoadBalancerAttributes.ConnectionSettings.IdleTimeout=7&LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled=false" +
            "&LoadBalancerAttributes.ConnectionDraining.Enabled=true&LoadBalancerAttributes.ConnectionDraining.Timeout=9", Token);
        await api.CallAsync(
            "Action=AddTags&LoadBalancerNames.member.1=terraform-drift&Tags.member.1.Key=foreign&Tags.member.1.Value=1", Token);
        Assert.Equal(["create aws_elb_attachment.first", "update aws_elb.web"], await workspace.PlansAsync("changed by hand"));
        await workspace.ApplyAsync("put right", main);

        await api.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=terraform-drift", Token);
        await workspace.ApplyAsync("made again", main);
        await workspace.ApplyAsync("one attachment for another", main.Replace("127.0.0.14", "i-0b", StringComparison.Ordinal));
        await api.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=terraform-drift", Token);
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-drift", Token);
    }

    [Fact]
    public async Task What_is_there_already_is_imported_by_a_block_and_by_a_command()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, Token);
        var api = await server.ApiAsync(Token);
        foreach (var (name, port) in new[] { ("terraform-block", 8141), ("terraform-command", 8142) })
        {
            await api.CallAsync(
                $"Action=CreateLoadBalancer&LoadBalancerName={name}&AvailabilityZones.member.1=us-east-1a&Tags.member.1.Key=team" +
                $"&Tags.member.1.Value=a" +
                $"&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={port}&Listeners.member.1.InstancePort=8000",
                Token);
            await api.CallAsync(
                $"Action=ModifyLoadBalancerAttributes&LoadBalancerName={name}&LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled=true",
                Token);
            await api.CallAsync(
                $"Action=CreateAppCookieStickinessPolicy&LoadBalancerName={name}&PolicyName=session&CookieName=session", Token);
            await api.CallAsync(
                $"Action=SetLoadBalancerPoliciesOfListener&LoadBalancerName={name}&LoadBalancerPort={port}&PolicyNames.member.1=session",
                Token);
        }

        var main = Imported("block", 8141) + Imported("command", 8142);
        workspace.Write("main.tf", main);
        await workspace.SucceedsAsync("by command", "import", "aws_elb.command", "terraform-command");
        await workspace.SucceedsAsync("by command", "import", "aws_app_cookie_stickiness_policy.command", "terraform-command:8142:session");
        workspace.Write("imports.tf", """
            import {
              to = aws_elb.block
              id = "terraform-block"
            }

            import {
              to = aws_app_cookie_stickiness_policy.block
              id = "terraform-block:8141:session"
            }
            """);
        var applied = await workspace.ApplyAsync("by block");

        Assert.Contains("2 imported, 0 added, 0 changed, 0 destroyed", applied.Output, StringComparison.Ordinal);
        await workspace.PlansNothingAsync("imported");
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-block", Token);
        await server.NothingIsLeftAsync("terraform-command", Token);
    }

    [Fact]
    public async Task One_configuration_has_a_load_balancer_of_the_same_name_in_each_of_two_regions()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.SharedConfiguration, Token);
        workspace.WriteProvider("other.tf", "\n  alias  = \"europe\"\n  region = \"eu-west-1\"");
        await workspace.ApplyAsync("both", Resource("here", "terraform-regions", 8151) + Resource("there", "terraform-regions", 8151)
            .Replace("us-east-1a", "eu-west-1b", StringComparison.Ordinal)
            .Replace("resource \"aws_elb\" \"there\" {", "resource \"aws_elb\" \"there\" {\n  provider = aws.europe", StringComparison.Ordinal) + """
            output "names" {
              value = [aws_elb.here.dns_name, aws_elb.there.dns_name]
            }
            """);

        var names = (await workspace.OutputsAsync())["names"]!.AsArray().Select(name => (string)name!).ToList();
        Assert.Contains(".us-east-1.", names[0], StringComparison.Ordinal);
        Assert.Contains(".eu-west-1.", names[1], StringComparison.Ordinal);
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-regions", Token);
    }

    private static string Imported(string name, int port) => Resource(name, $"terraform-{name}", port) + $$"""
        resource "aws_app_cookie_stickiness_policy" "{{name}}" {
          name          = "session"
          load_balancer = aws_elb.{{name}}.name
          lb_port       = {{port}}
          cookie_name   = "session"
        }

        """;

    private static string Attachment(string name, string instance) => $$"""
        resource "aws_elb_attachment" "{{name}}" {
          elb      = aws_elb.web.id
          instance = "{{instance}}"
        }

        """;

    private static string Resource(string name, string loadBalancer, int port) => $$"""
        resource "aws_elb" "{{name}}" {
          name               = "{{loadBalancer}}"
          availability_zones = ["us-east-1a"]
          tags               = { team = "a" }
          listener {
            lb_port           = {{port}}
            lb_protocol       = "http"
            instance_port     = 8000
            instance_protocol = "http"
          }
        }

        """;
}
