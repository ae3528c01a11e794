using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>What becomes of a member that vanishes, at a running server.</summary>
public sealed class LeaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_renews_stays_who_vanishes_goes_and_what_others_have_registered_is_theirs()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        var network = Ports.Network();
        var (steady, gone, theirs) = ($"{network}.1", $"{network}.2", $"{network}.3");
        await api.CreateWebAsync("web", 80, Token);
        await api.RegisterAsync("web", theirs, Token);
        using var renewing = new RegisterScript("dash", (await CreateAsync(server, "steady", steady, 9)).Settings);
        using var once = new RegisterScript("dash", (await CreateAsync(server, "gone", gone, 3)).Settings);
        using var others = new RegisterScript("dash", (await CreateAsync(server, "theirs", theirs, 3)).Settings);

        using var kept = Process.Start("env", ["-C", renewing.Directory, .. renewing.Command("--keep")]);
        await BecomesAsync(server, steady, theirs);
        Assert.Equal(0, (await others.RunAsync()).ExitCode);
        Assert.Equal(0, (await once.RunAsync()).ExitCode);
        var shown = await server.CommandAsync(Token, "describe", "web");
        Assert.Contains($"{steady}: held by the member steady, ", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain($"{theirs}: held", shown.Output, StringComparison.Ordinal);

        await BecomesAsync(server, steady, theirs);

        // It is written down once it is done, and counted after that.
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains($"{gone} was deregistered from {Account.First.Id}/us-east-1/web", StringComparison.Ordinal), Token);
        var explained = await server.CommandAsync(Token, "explain", "web", gone);
        Assert.Contains("the member gone had not registered it again in time", Plain(explained.Output), StringComparison.Ordinal);
        using var http = new HttpClient();
        await Wait.ForAsync(
            async () => Exposition.Parse(await http.GetStringAsync(new Uri(server.Url, "metrics"), Token)) is var metrics
                ? (Ended: metrics.Sum("cloudlb_leases_ended_total"), Held: metrics.Sum("cloudlb_leases")) : default,
            metrics => metrics is { Ended: >= 1, Held: 1 }, Token);

        // After a start every lease begins anew: this one is over once more, and the other renewed over the kill.
        Assert.Equal(0, (await once.RunAsync()).ExitCode);
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        await BecomesAsync(server, steady, theirs);

        // One that vanishes while a load balancer has no more than it must keep stays.
        kept.Kill(entireProcessTree: true);
        await kept.WaitForExitAsync(Token);
        await api.DeregisterAsync("web", theirs, Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains($"{steady} stays registered with {Account.First.Id}/us-east-1/web", StringComparison.Ordinal), Token);
        Assert.Contains(
            "the member steady has not registered it again in time; kept", (await server.CommandAsync(Token, "describe", "web")).Output,
            StringComparison.Ordinal);
        await api.RegisterAsync("web", theirs, Token);
        await BecomesAsync(server, theirs);
    }

    private static Task<MadeMember> CreateAsync(CloudLbProcess server, string name, string instance, int lease) =>
        MadeMember.CreateAsync(server, name, instance, "web", "--lease", $"{lease}");

    private static async Task BecomesAsync(CloudLbProcess server, params string[] instances) => await Wait.ForAsync(
        async () => (await server.StatusAsync("web", Token))!.Instances.Select(instance => instance.InstanceId).ToList(),
        ids => ids.SequenceEqual(instances.Order(StringComparer.Ordinal)), Token);

    /// <summary>As one line: a terminal's width has it folded.</summary>
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
