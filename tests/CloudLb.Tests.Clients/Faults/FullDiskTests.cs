using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A data directory on a file system of its own that runs full, and has room again later.</summary>
public sealed partial class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_on_a_full_disk_ends_all_that_it_has_to_end()
    {
        var token = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.MountOrSkipAsync(48, token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, token, ("HAProxy:MaxLoadBalancersPerCell", "1"));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        foreach (var name in (string[])["one", "two", "three"])
        {
            await api.CreateWebAsync(name, backend.Port, token);
            await Traffic.AnswersAsync(await server.TrafficUrlAsync(name, token), 503, token);
        }

        // The one that goes to the background leaves another behind for a moment.
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses().Count), count => count == 3, token);
        disk.Fill();

        Assert.Equal(0, await server.StopAsync(token));
        Assert.Empty(server.HAProxyProcesses());
    }

    [Fact]
    public async Task Nothing_is_lost_on_a_full_disk_and_all_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(48, Token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, Token, ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);

        disk.Fill();
        var refused = await Wait.ForAsync(
            () =>
                api.SendAsync(
                    $"Action=AddTags&LoadBalancerNames.member.1=web&Tags.member.1.Key=k{Guid.NewGuid():N}&Tags.member.1.Value=v" +
                    $"&Version=2012-06-01",
                    Token),
            answer => answer.Status != 200, Token);
        var tags = (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", Token)).Values("Key").ToList();

        Assert.True(refused.Status >= 500, refused.Body);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        Assert.Contains("disk", server.Output, StringComparison.OrdinalIgnoreCase);

        disk.Free();
        await Wait.ForAsync(
            () =>
                api.SendAsync(
                    $"Action=CreateLoadBalancer&LoadBalancerName=next&AvailabilityZones.member.1=us-east-1a" +
                    $"&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={Ports.Http}" +
                    $"&Listeners.member.1.InstancePort={backend.Port}&Version=2012-06-01",
                    Token),
            answer => answer.Status == 200, Token);
        await api.RegisterAsync("next", backend.Address, Token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(await server.TrafficUrlAsync("next", Token), 200, Token));
        Assert.Equal(tags, (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", Token)).Values("Key"));
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        Assert.Equal(tags, (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", Token)).Values("Key"));
    }

    [Fact]
    public async Task A_full_disk_loses_of_the_access_log_what_was_asked_meanwhile_and_not_a_line_more()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(48, Token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, Token);
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=web&LoadBalancerAttributes.AccessLog.Enabled=true" +
            "&LoadBalancerAttributes.AccessLog.S3BucketName=logs",
            Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output), output => output.Contains("handed over (access log switched)", StringComparison.Ordinal),
            Token);
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token);

        var before = await AskAsync(url, "before");
        disk.Fill();
        var meanwhile = await AskAsync(url, "meanwhile");
        await Wait.ForAsync(() => Task.FromResult(server.Output), output => output.Contains("[7005]", StringComparison.Ordinal), Token);
        disk.Free();
        var after = await AskAsync(url, "after");
        var logged = await Wait.ForAsync(() => Task.FromResult(Logged(server)), targets => after.IsSubsetOf(targets), Token);

        Assert.Equal(before.Union(after).Order(), logged.Except(meanwhile).Order());
        Assert.Equal(logged.Distinct(), logged);
        await Wait.ForAsync(() => Task.FromResult(server.Output), output => output.Contains("[7010]", StringComparison.Ordinal), Token);
    }

    /// <summary>Asks for targets that begin alike, one after the other; every answer must be 200.</summary>
    private static async Task<HashSet<string>> AskAsync(Uri url, string start)
    {
        var targets = Enumerable.Range(0, 60).Select(number => $"/{start}/{number}").ToHashSet();
        foreach (var target in targets)
        {
            Assert.Equal(200, (await Traffic.GetAsync(new Uri(url, target), Token)).Status);
        }

        return targets;
    }

    /// <summary>The targets of all lines, delivered or waiting.</summary>
    private static List<string> Logged(CloudLbProcess server) =>
    [
        .. new[] { "access-log-spool", "access-logs" }.Select(name => Path.Combine(server.DataDirectory, name)).Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)).Select(File.ReadAllText)
            .SelectMany(text => Target().Matches(text)).Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex("\"GET http://[^/]+(/[a-z]+/[0-9]+) HTTP/1.1\"")]
    private static partial Regex Target();
}
