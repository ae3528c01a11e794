using System.Text.Json;
using CloudLb.Cli.Control;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>Members and the keys that they come with: <c>cloudlb member</c> against a running server.</summary>
public sealed class MemberKeyTests(MemberServer server) : IClassFixture<MemberServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_members_key_registers_that_member_and_does_nothing_else()
    {
        var member = await MadeMember.CreateAsync(server.Process, "one", server.Backend.Address, "web");
        using var script = new RegisterScript("dash", member.Settings);

        Assert.Equal(0, (await script.RunAsync()).ExitCode);
        Assert.True(await server.IsRegisteredAsync("web", Token));
        Assert.Equal(0, (await script.RunAsync("--unregister")).ExitCode);
        Assert.False(await server.IsRegisteredAsync("web", Token));

        var own = $"&Instances.member.1.InstanceId={server.Backend.Address}";
        foreach (var form in new[]
        {
            $"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=other{own}",
            "Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=web&Instances.member.1.InstanceId=127.0.0.9",
            $"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=web{own}&Instances.member.2.InstanceId=127.0.0.9",
            "Action=DeregisterInstancesFromLoadBalancer&LoadBalancerName=web&Instances.member.1.InstanceId=127.0.0.9",
            "Action=DescribeInstanceHealth&LoadBalancerName=web",
            $"Action=DescribeInstanceHealth&LoadBalancerName=other{own}",
            "Action=DescribeLoadBalancers", "Action=DescribeLoadBalancers&LoadBalancerNames.member.1=web",
            "Action=DescribeTags&LoadBalancerNames.member.1=web", "Action=DeleteLoadBalancer&LoadBalancerName=web",
            "Action=DescribeLoadBalancerAttributes&LoadBalancerName=web", "Action=DescribeAccountLimits",
        })
        {
            var refused = await new ElbApi(server.Process.Url, member.Key).SendAsync($"{form}&Version=2012-06-01", Token);
            Assert.True((refused.Status, refused.Code) == (403, "AccessDenied"), $"{form}: {refused.Body}");
        }

        var elsewhere = await new ElbApi(server.Process.Url, member.Key, "eu-west-1").SendAsync(
            $"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=web{own}&Version=2012-06-01", Token);
        Assert.Equal((403, "AccessDenied"), (elsewhere.Status, elsewhere.Code));
        Assert.False(await server.IsRegisteredAsync("other", Token));
    }

    [Fact]
    public async Task A_member_is_listed_outlives_a_kill_and_its_key_ends_with_it()
    {
        await using var process = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(process.Url);
        await api.CreateWebAsync("web", server.Backend.Port, Token);
        var member = await MadeMember.CreateAsync(process, "two", server.Backend.Address, "web");
        await process.KillAsync(Token);
        await process.StartAgainAsync(Token);
        await new ElbApi(process.Url, member.Key).RegisterAsync("web", server.Backend.Address, Token);

        var listed = Assert.Single(await ListAsync(process));

        Assert.Equal(
            ("two", server.Backend.Address, Account.First.Id, Account.Region),
            (listed.Name, listed.Instance, listed.Account, listed.Region));
        Assert.Equal(["web"], listed.LoadBalancers);
        Assert.Equal(["web"], listed.Registered);
        Assert.Equal([member.Key.AccessKeyId], listed.AccessKeyIds);
        Assert.Contains("two", (await process.CommandAsync(Token, "member", "list")).Output, StringComparison.Ordinal);

        var deleted = await process.CommandAsync(Token, "member", "delete", "two");

        Assert.Equal((0, $"{server.Backend.Address} stays registered with web.\n"), (deleted.ExitCode, deleted.Error));
        Assert.Empty(await ListAsync(process));
        Assert.Equal(3, (await process.CommandAsync(Token, "member", "delete", "two")).ExitCode);
        var form = $"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=web&Instances.member.1.InstanceId={server.Backend.Address}";
        var refused = await new ElbApi(process.Url, member.Key).SendAsync($"{form}&Version=2012-06-01", Token);
        Assert.Equal((403, "InvalidClientTokenId"), (refused.Status, refused.Code));

        // The same name is another member, with a key of its own.
        var again = await MadeMember.CreateAsync(process, "two", server.Backend.Address, "web");
        Assert.NotEqual(member.Key, again.Key);
        Assert.DoesNotContain(member.Key.SecretAccessKey, process.Output, StringComparison.Ordinal);
        await process.StopAsync(Token);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(process.DataDirectory, "cloudlb.db*")
                .Concat(Directory.EnumerateFiles(Path.Combine(process.DataDirectory, "audit"))),
            file => File.ReadAllText(file).Contains(again.Key.SecretAccessKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_keys_are_replaced_like_those_of_any_user()
    {
        var member = await MadeMember.CreateAsync(server.Process, "three", server.Backend.Address, "web");
        var iam = new ElbApi(server.Process.Url, service: "iam");

        var made = await iam.SendAsync("Action=CreateAccessKey&UserName=member-three&Version=2010-05-08", Token);
        var fresh = new Account(Account.First.Id, made.Value("AccessKeyId")!, made.Value("SecretAccessKey")!);
        await iam.SendAsync(
            $"Action=DeleteAccessKey&UserName=member-three&AccessKeyId={member.Key.AccessKeyId}&Version=2010-05-08", Token);

        await new ElbApi(server.Process.Url, fresh).RegisterAsync("web", server.Backend.Address, Token);
        Assert.Equal([fresh.AccessKeyId], (await ListAsync(server.Process)).Single(one => one.Name == "three").AccessKeyIds);
        var denied = await new ElbApi(server.Process.Url, fresh, service: "iam").SendAsync(
            "Action=CreateAccessKey&Version=2010-05-08", Token);
        Assert.Equal((403, "AccessDenied"), (denied.Status, denied.Code));
    }

    [Theory]
    [InlineData("a/b", "127.0.0.9", "web", 1, "A member's name")]
    [InlineData("-a", "127.0.0.9", "web", 1, "A member's name")]
    [InlineData("a$(id)", "127.0.0.9", "web", 1, "A member's name")]
    [InlineData("four", "127.0.0.9\nCLB_URL=http://evil/", "web", 1, "an address, a host name")]
    [InlineData("four", "127.0.0.9", "nothing", 3, "no load balancer named 'nothing'")]
    [InlineData("four", "127.0.0.9", "web", 2, "--endpoint", "--endpoint", "file:///etc/passwd")]
    [InlineData("four", "127.0.0.9", "web", 2, "--endpoint", "--endpoint", "http://host/?x=%0aCLB_URL=evil")]
    [InlineData("four", "127.0.0.9", "web", 2, "--wait-command", "--wait-command", "true\nCLB_URL=http://evil/")]
    [InlineData("four", "127.0.0.9", "web", 2, "--wait-port", "--wait-port", "70000")]
    [InlineData("four", "127.0.0.9", "web", 2, "--service", "--service", "nginx.service\nExecStart=/bin/evil")]
    [InlineData("four", "127.0.0.9", "web", 2, "--service", "--service", "%h.service")]
    [InlineData("four", "127.0.0.9", "web", 2, "--attach", "--attach", "/etc/passwd")]
    [InlineData("four", "127.0.0.9", "web", 1, "no load balancer named 'x'", "--load-balancer", "x,y")]
    public async Task What_cannot_be_a_member_is_refused_and_nothing_is_made(
        string name, string instance, string loadBalancer, int status, string told, params string[] options)
    {
        var refused = await server.Process.CommandAsync(
            Token, ["member", "create", name, "--instance", instance, "--load-balancer", loadBalancer, .. options]);

        Assert.True(refused.ExitCode == status && refused.Output.Length == 0, $"{refused.ExitCode}: {refused.Output}{refused.Error}");
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(await ListAsync(server.Process), member => member.Name == name);
    }

    [Fact]
    public async Task The_script_is_printed_as_it_is_shipped_and_a_wrong_line_is_told_by_the_whole_command()
    {
        var script = await server.Process.CommandAsync(Token, "member", "script");
        Assert.Equal((0, await File.ReadAllTextAsync(RegisterScript.Source, Token)), (script.ExitCode, script.Output));

        var wrong = await server.Process.CommandAsync(Token, "member", "delete");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Usage: cloudlb member delete <name>", wrong.Error, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<MemberStatus>> ListAsync(CloudLbProcess process) =>
        JsonSerializer.Deserialize<List<MemberStatus>>(
            (await process.CommandAsync(Token, "member", "list", "--output", "json")).Output, ControlClient.Json)!;
}
