using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Names;

namespace CloudLb.Tests.Clients.Members;

/// <summary>Members that register themselves with target groups.</summary>
public sealed class TargetGroupMemberTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_is_in_a_target_group_as_long_as_it_says_so_and_its_key_does_nothing_else()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        await using var backend = await Backend.StartAsync(Token);
        var other = $"{Ports.Network()}.1";
        var application = await NamedApplication.CreateAsync(
            new(server.Url), "members", Ports.Http, backend, Token, isRegistered: false);
        await application.CallAsync(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={application.Group}" +
            "&Attributes.member.1.Key=deregistration_delay.timeout_seconds&Attributes.member.1.Value=2");
        var member = await CreateAsync(server, "one", backend.Address, "members", 60);
        Assert.Equal(application.Group, member.Settings["CLB_TARGET_GROUPS"]);
        Assert.False(member.Settings.ContainsKey("CLB_LOAD_BALANCERS"));
        foreach (var shell in new[] { "dash", "busybox sh" })
        {
            using var script = new RegisterScript(shell, member.Settings);

            var registered = await script.RunAsync("--wait", "60");
            Assert.Equal(
                (0, $"registered {backend.Address} with {application.Group}\n", ""),
                (registered.ExitCode, registered.Output, registered.Error));
            await Traffic.AnswersAsync(await server.TrafficUrlAsync("members", Token), 200, Token);
            Assert.Equal(0, (await script.RunAsync("--unregister")).ExitCode);
            Assert.Equal("", await application.TargetsAsync());
        }

        await DoesNothingElseAsync(server, member, application, other);
        await GoesWithItsLeaseAsync(server, application, backend, other);
    }

    [Fact]
    public async Task What_it_cannot_register_with_is_refused()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        await using var backend = await Backend.StartAsync(Token);
        await NamedApplication.CreateAsync(new(server.Url), "refusing", 0, backend, Token, isRegistered: false);

        foreach (var (group, instance, told) in new[]
        {
            ("nothing", "127.0.0.9", "no target group named 'nothing'"), ("refusing", "i-0a1b2c3d", "are IPv4 addresses"),
            ("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/refusing/$(id)", "127.0.0.9", "no target group"),
        })
        {
            var refused = await server.CommandAsync(
                Token, "member", "create", "two", "--instance", instance, "--target-group", group, "--format", "env");

            Assert.True(refused.ExitCode == 1 && refused.Output.Length == 0, $"{refused.ExitCode}: {refused.Output}{refused.Error}");
            Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        }
    }

    private static async Task DoesNothingElseAsync(CloudLbProcess server, MadeMember member, NamedApplication application, string other)
    {
        var own = $"&Targets.member.1.Id={member.Settings["CLB_INSTANCE"]}";
        foreach (var form in new[]
        {
            $"Action=RegisterTargets&TargetGroupArn={application.Group}&Targets.member.1.Id={other}",
            $"Action=RegisterTargets&TargetGroupArn={application.Group}{own}&Targets.member.2.Id={other}",
            $"Action=RegisterTargets&TargetGroupArn={application.Group[..^1]}x{own}",
            $"Action=DescribeTargetHealth&TargetGroupArn={application.Group}", "Action=DescribeTargetGroups",
            $"Action=DeleteTargetGroup&TargetGroupArn={application.Group}",
        })
        {
            var refused = await new ElbApi(server.Url, member.Key).SendAsync($"{form}&Version=2015-12-01", Token);
            Assert.True((refused.Status, refused.Code) == (403, "AccessDenied"), $"{form}: {refused.Body}");
        }
    }

    private static async Task GoesWithItsLeaseAsync(
        CloudLbProcess server, NamedApplication application, Backend backend, string other)
    {
        await application.CallAsync($"Action=RegisterTargets&TargetGroupArn={application.Group}&Targets.member.1.Id={other}");
        var gone = await CreateAsync(server, "gone", backend.Address, application.Group, 3);
        using var once = new RegisterScript("dash", gone.Settings);

        Assert.Equal(0, (await once.RunAsync()).ExitCode);

        Assert.Contains(
            $"{backend.Address}: held by the member gone", (await server.CommandAsync(Token, "describe", "members")).Output,
            StringComparison.Ordinal);
        Assert.Contains("gone", (await server.CommandAsync(Token, "member", "list")).Output, StringComparison.Ordinal);
        await Wait.ForAsync(application.TargetsAsync, targets => targets == other, Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains($"{backend.Address} was deregistered from {application.Group}", StringComparison.Ordinal), Token);
    }

    private static async Task<MadeMember> CreateAsync(CloudLbProcess server, string name, string instance, string group, int lease)
    {
        var made = await server.CommandAsync(
            Token, "member", "create", name, "--instance", instance, "--target-group", group, "--format", "env", "--lease", $"{lease}");
        Assert.True(made.ExitCode == 0, made.Error);
        return MadeMember.Of(name, made.Output);
    }
}
