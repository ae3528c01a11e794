using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Terraform;

namespace CloudLb.Tests.Clients.Migration;

/// <summary>Terraform takes over what there is, and makes it anew, from what <c>cloudlb export</c> prints.</summary>
public sealed class TerraformExportTests(TerraformServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_is_taken_over_and_a_plan_finds_nothing_to_do()
    {
        await using var own = await server.StartAsync(Token);
        using var account = new AwsAccount();
        var made = await own.CommandAsync(
            Token, ["import", account.Folder, .. AwsAccount.Mapped, "--apply"]);
        Assert.Contains("made  application load balancer shop: listener HTTP 8080, rule 6\n", made.Output);
        var exported = await own.CommandAsync(Token, "export", "--format", "terraform");
        Assert.True(exported.ExitCode == 0, exported.Error);

        await using var workspace = TerraformWorkspace.Open(own.Url, TerraformEndpoint.Block, Account.First, Token);
        workspace.Write("main.tf", exported.Output);
        await workspace.SucceedsAsync("laid out", "fmt", "-check", "main.tf");
        var applied = await workspace.ApplyAsync("taken over");
        Assert.True(applied.Output.Contains(" 0 changed, 0 destroyed", StringComparison.Ordinal), applied.Output);
        Assert.Contains(" imported, ", applied.Output, StringComparison.Ordinal);
        await workspace.PlansNothingAsync("taken over");
    }

    [Fact]
    public async Task Clients_that_a_network_load_balancer_keeps_with_a_group_are_left_to_it()
    {
        await using var own = await server.StartAsync(Token);
        var calls = new V2Calls(new ElbApi(own.Url));
        var network = await calls.CallAsync(
            "Action=CreateLoadBalancer&Name=front&Type=network&Subnets.member.1=subnet-0a", "LoadBalancerArn");
        var vpc = await calls.CallAsync("Action=DescribeLoadBalancers", "VpcId");
        var forward = "&DefaultActions.member.1.Type=forward" +
            "&DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=true";
        foreach (var (at, name) in new[] { (1, "blue"), (2, "green") })
        {
            var group = await calls.CallAsync(
                $"Action=CreateTargetGroup&Name={name}&Protocol=TCP&Port=8081&TargetType=ip&VpcId={vpc}", "TargetGroupArn");
            forward += $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at}.TargetGroupArn={group}" +
                $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at}.Weight={at}";
        }

        await calls.CallAsync($"Action=CreateListener&LoadBalancerArn={network}&Protocol=TCP&Port=8080{forward}");
        var exported = await own.CommandAsync(Token, "export", "--format", "terraform");
        Assert.Contains("has no argument without a duration", exported.Output, StringComparison.Ordinal);

        await using var workspace = TerraformWorkspace.Open(own.Url, TerraformEndpoint.Block, Account.First, Token);
        workspace.Write("main.tf", exported.Output);
        await workspace.SucceedsAsync("laid out", "fmt", "-check", "main.tf");
        var applied = await workspace.ApplyAsync("taken over");
        Assert.True(applied.Output.Contains(" 0 changed, 0 destroyed", StringComparison.Ordinal), applied.Output);
        await workspace.PlansNothingAsync("taken over");
    }

    [Fact]
    public async Task What_is_exported_as_new_is_made_on_another_server()
    {
        await using var own = await server.StartAsync(Token);
        using var account = new AwsAccount();
        await own.CommandAsync(
            Token, ["import", account.Folder, .. AwsAccount.Mapped, "--apply"]);
        var exported = await own.CommandAsync(Token, "export", "web", "--format", "terraform", "--new");
        await using var other = await server.StartAsync(Token);
        await using var workspace = TerraformWorkspace.Open(other.Url, TerraformRounds.Endpoint, Account.First, Token);
        await workspace.ApplyAsync("made anew", exported.Output);

        Assert.Equal(
            (await own.CommandAsync(Token, "export", "web", "--format", "aws")).Output,
            (await other.CommandAsync(Token, "export", "web", "--format", "aws")).Output);
    }
}
