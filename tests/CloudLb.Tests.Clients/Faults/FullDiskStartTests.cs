using CloudLb.Core;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A start on a disk that has no byte left: what is stored is served, and changes are refused until there is room.</summary>
public sealed class FullDiskStartTests
{
    private const string Tag = "Action=AddTags&LoadBalancerNames.member.1=web&Tags.member.1.Key=key&Tags.member.1.Value=value";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    [InlineData("rebooted")]
    [InlineData("cut off and rebooted")]
    public async Task What_is_stored_is_served_and_changes_are_refused(string ending)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(48, Token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, Token, ("HAProxy:Mode", "Attach"),
            ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token);

        await EndAsync(server, ending);
        disk.Fill();
        await server.StartAgainAsync(Token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, Token));
        await api.BecomesAsync("web", backend.Address, "InService", Token);

        // The log that a killed CloudLb has left may have room for some changes still, which are kept.
        var refused = await Wait.ForAsync(
            () => api.SendAsync($"{Tag}-{Guid.NewGuid():N}&Version=2012-06-01", Token), answer => answer.Status != 200, Token);
        Assert.Equal((503, "ServiceUnavailable"), (refused.Status, refused.Code));
        Assert.Contains("disk is full", refused.Message, StringComparison.Ordinal);

        // And once more, with what the first start on the full disk has left.
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, Token));
        Assert.Single(await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token));

        disk.Free();
        await Wait.ForAsync(() => api.SendAsync($"{Tag}&Version=2012-06-01", Token), answer => answer.Status == 200, Token);
        const string Count = "select count(*) from resource where kind = 'classic-load-balancer' and document is not null";
        var read = await ChildProcess.RunAsync(
            "python3",
            [
                "-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])",
                Path.Combine(server.DataDirectory, "cloudlb.db"), Count,
            ],
            [],
            Token);
        Assert.True(read.Output.Trim() == "1", read.Error);
        await server.StopAsync(Token);
        await server.StartAgainAsync(Token);
        Assert.Equal(["key"], (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", Token)).Values("Key"));
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, Token));
    }

    private static async Task EndAsync(CloudLbProcess server, string ending)
    {
        if (ending is "stopped" or "rebooted")
        {
            await server.StopAsync(Token);
        }
        else
        {
            await server.KillAsync(Token);
        }

        if (ending.EndsWith("rebooted", StringComparison.Ordinal))
        {
            server.HAProxyProcesses().ToList().ForEach(CloudLbProcess.Kill);
            await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 0, Token);
            if (MemoryDirectory.For(Path.Combine(server.DataDirectory, "haproxy", "cells", "1")) is { } memory)
            {
                Directory.Delete(memory, recursive: true);
            }
        }
    }
}
