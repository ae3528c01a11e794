using CloudLb.Tests.Clients.Faults;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Upgrade;

/// <summary>An earlier release is replaced by this one on the same data directory, while its HAProxy carries traffic.</summary>
public sealed class UpgradeTests
{
    // What makes a database one of the release before the table of its changes came.
    private const string Older = """"
        import sqlite3, sys
        database = sqlite3.connect(sys.argv[1])
        database.executescript("""
            create table load_balancer (
                account_id text not null, region text not null, name text not null, version integer not null, document text not null,
                primary key (account_id, region, name)) strict;
            insert into load_balancer
            select json_extract(document, '$.key.account'), json_extract(document, '$.key.region'), json_extract(document, '$.key.name'), 1,
            document
            from   resource
            where  kind = 'classic-load-balancer' and document is not null;
            create table server_certificate (
                certificate_id text not null primary key, account_id text not null, name text not null, document text not null,
                private_key blob not null, unique (account_id, name)) strict;
            create table access_key (
                access_key_id text not null primary key, account_id text not null, user_name text, status text not null,
                create_date text not null, secret blob) strict;
            drop table resource;
            drop table history;
            pragma user_version = 3;
            pragma wal_checkpoint(truncate);
            """)
        """";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_is_lost_and_none_that_has_begun_is_ended()
    {
        await using var instance = await Backend.StartAsync(Token);
        var earlier = await EarlierRelease.LeaveAsync(instance, Token);
        await Traffic.AnswersAsync(earlier.Web, 200, Token);
        await using var steady = new SteadyTraffic(earlier.Web);
        await steady.MoreAsync(10, Token);
        var begun = Traffic.GetAsync(new(earlier.Web, "slow"), Token);
        await instance.SlowArrived;

        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = earlier.DataDirectory }, Token, ("HAProxy:Mode", "Attach"),
            ("AddressPool", earlier.AddressPool));
        var api = new ElbApi(server.Url);
        Assert.Equal(("InService", "N/A"), await api.HealthAsync("web", instance.Address, Token));
        Assert.Equal(("InService", "N/A"), await api.HealthAsync("mail", instance.Address, Token));
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 2, Token);
        await steady.MoreAsync(20, Token);

        // What the earlier process has begun it finishes, and then it ends.
        Assert.Contains(earlier.ProcessId, server.HAProxyProcesses());
        instance.Release();
        Assert.Equal(200, (await begun).Status);
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => !processes.Contains(earlier.ProcessId), Token);
        Assert.Equal(("InService", "N/A"), await api.HealthAsync("web", instance.Address, Token));
        Assert.Empty(steady.Failures);

        await api.DeregisterAsync("web", instance.Address, Token);
        await Traffic.AnswersAsync(earlier.Web, 503, Token);
    }

    [Fact]
    public async Task An_older_database_without_room_for_its_copy_is_served_as_it_is()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(48, Token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, Token, ("HAProxy:Mode", "Attach"),
            ("Reconciler:ResyncInterval", "00:00:01"));
        await using var instance = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", instance.Port, Token);
        await api.RegisterAsync("web", instance.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await server.StopAsync(Token);
        var database = Path.Combine(server.DataDirectory, "cloudlb.db");
        var made = await ChildProcess.RunAsync("python3", ["-c", Older, database], [], Token);
        Assert.True(made.ExitCode == 0, made.Error);
        File.Delete(Path.Combine(server.DataDirectory, "database.record"));
        disk.Fill();
        var before = await SumAsync(database);

        await server.StartAgainAsync(Token);

        Assert.Equal((200, instance.Address), await Traffic.AnswersAsync(url, 200, Token));
        await api.BecomesAsync("web", instance.Address, "InService", Token);
        var refused = await api.SendAsync("Action=DeleteLoadBalancer&LoadBalancerName=web&Version=2012-06-01", Token);
        Assert.Equal((503, "ServiceUnavailable"), (refused.Status, refused.Code));
        Assert.Contains("disk is full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await SumAsync(database));
        Assert.Equal([], Directory.EnumerateFiles(server.DataDirectory, "cloudlb.db.schema-*"));

        disk.Free();
        await Wait.ForAsync(
            () =>
                api.SendAsync("Action=DeleteLoadBalancer&LoadBalancerName=web&Version=2012-06-01", Token), answer =>
                    answer.Status == 200, Token);
        Assert.Equal([database + ".schema-3"], Directory.EnumerateFiles(server.DataDirectory, "cloudlb.db.schema-*"));
    }

    /// <summary>By another program, as CloudLb keeps the file to itself.</summary>
    private static async Task<string> SumAsync(string path) => (await ChildProcess.RunAsync("sha256sum", [path], [], Token)).Output;
}
