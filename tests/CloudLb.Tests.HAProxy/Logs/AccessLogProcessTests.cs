using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.LoggedRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>Access logs of several threads and processes.</summary>
public sealed class AccessLogProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_load_on_several_listeners_each_request_is_one_entry_also_over_hand_overs_and_a_kill()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(null, ("Threads", "2"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = await ServeAsync(running, web with { Listeners = [.. Enumerable.Range(Plans.Port, 4).Select(Plans.Listener)] });
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8)
            .Select(client => SendUntilAsync(web.Address, Plans.Port + (client % 4), client, stop.Token))
            .ToList();
        var log = new AccessLogReader(running.AccessLog, isKeeping: true);

        for (var round = 1; round <= 5; round++)
        {
            var more = Plans.LoadBalancer($"more-{round}");
            await running.ApplyAsync(web, more);
            var seen = log.Read();
            await Eventually.IsTrueAsync(() => log.Read() > seen + 200, "more requests after the hand-over");
        }

        Assert.True(running.Generation > 5);
        await stop.CancelAsync();
        var sent = (await Task.WhenAll(clients)).Sum();
        await log.ReadAsync(sent);
        TestRequests.Kill(running.ProcessId);
        log = Log(running);
        var entries = await log.ReadAsync(sent);
        Assert.Equal(sent, entries.Select(entry => entry.Request!.Target).Distinct().Count());

        // Every process has ended, and everything of theirs was read.
        await Eventually.IsTrueAsync(
            () =>
            {
                log.Read();
                return !Directory.EnumerateFiles(running.CellFile("access")).Any();
            },
            "no file left");
    }

    [Fact]
    public async Task A_logged_listener_is_served_and_counted_on_every_thread_and_closed_on_all_of_them()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(null, ("Threads", "3"));
        var web = await ServeAsync(
            running,
            Plans.LoadBalancer("web", instance.Planned()) with
            {
                Listeners = [Plans.Listener(Plans.Port), Plans.Listener(Plans.Port + 1)],
            });
        var sent = 0;
        await Eventually.IsTrueAsync(
            async () =>
            {
                await SendAsync(web.Address, Plans.Port, $"GET /{++sent} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                return Directory.EnumerateFiles(running.CellFile("access")).Count(path => new FileInfo(path).Length > 0) == 3;
            },
            "requests in the files of all three threads");
        var entries = await Log(running).ReadAsync(sent);
        Assert.Equal(
            Enumerable.Range(1, sent).Select(number => $"/{number}"),
            entries.Select(entry => entry.Request!.Target).OrderBy(target => int.Parse(target[1..])));
        Assert.All(entries, entry => Assert.Equal((web.Id, Plans.Port), (entry.LoadBalancer, entry.Port)));
        Assert.Empty(running.DataPlane.Faults);

        await running.ApplyAsync(web with { Listeners = [Plans.Listener(Plans.Port + 1)] });
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(
                async () => await client.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Switching_is_a_hand_over_and_only_what_is_switched_on_is_logged()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var (web, other) = (Plans.LoadBalancer("web"), Plans.LoadBalancer("other"));
        await running.ApplyAsync(web, other);
        Assert.False(Directory.Exists(running.CellFile("access")));

        await running.ApplyAsync(web with { IsLogged = true }, other);
        await running.IsAloneAsync();
        await SendAsync(other.Address, Plans.Port, "GET /other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET /web HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        var log = Log(running);
        Assert.Equal("/web", Assert.Single(await log.ReadAsync(1)).Request!.Target);
        Assert.Equal(2, running.Generation);

        await running.ApplyAsync(web, other);
        await running.IsAloneAsync();
        await SendAsync(web.Address, Plans.Port, "GET /off HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.Equal(3, running.Generation);
        await Eventually.IsTrueAsync(
            () => log.Read() == 1 && !Directory.EnumerateFiles(running.CellFile("access")).Any(), "the file of the old process to go");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_one_process_passes_on_to_the_next_is_logged_once_as_that_of_its_listener(bool isSecure)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var other = Plans.LoadBalancer("other", instance.Planned());
        web = isSecure ? web.Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned()))) : web;
        web = await ServeAsync(running, web);
        using var kept = await KeptConnection.OpenAsync(web, isSecure: isSecure);
        Assert.Equal(200, (await kept.GetAsync("/first"))?.Status);
        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(other, "i-1");
        using var unlogged = await KeptConnection.OpenAsync(other);
        Assert.Equal(200, (await unlogged.GetAsync("/unlogged"))?.Status);
        await running.ApplyAsync(web, other, Plans.LoadBalancer("third"));

        Assert.Equal((200, "i-1"), await kept.GetAsync("/second"));
        Assert.Equal((200, "i-1"), await unlogged.GetAsync("/unlogged"));

        var entries = (await Log(running).ReadAsync(2)).OrderBy(entry => entry.LoggedAt).ToList();
        Assert.Equal(["/first", "/second"], entries.Select(entry => entry.Request!.Target));
        Assert.Equal(entries[0].Client, entries[1].Client);
        Assert.All(entries, entry =>
        {
            Assert.Equal(
                (web.Id, Plans.Port, 200, 200, 3L), (entry.LoadBalancer, entry.Port, entry.Status, entry.InstanceStatus, entry.SentBytes));
            Assert.Equal(new IPEndPoint(instance.Address, TestInstance.Port), entry.Instance);
            Assert.Equal(isSecure, entry.TlsVersion is not null);
        });
        Assert.Equal((entries[0].Cipher, entries[0].TlsVersion), (entries[1].Cipher, entries[1].TlsVersion));
    }
}
