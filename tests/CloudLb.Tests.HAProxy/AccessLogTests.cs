using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

public sealed class AccessLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_logged_with_who_asked_for_what_and_which_instance_answered()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Plans.LoadBalancer("web", instance.Planned()));
        var before = TimeProvider.System.GetUtcNow();

        await SendAsync(web.Address, Plans.Port, "POST /a?b=1 HTTP/1.1\r\nHost: app.example.test:99\r\nUser-Agent: curl/8\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");

        var entry = Assert.Single(await Log(running).ReadAsync(1));
        Assert.Equal((web.Id, Plans.Port, true), (entry.LoadBalancer, entry.Port, entry.IsHttp));
        Assert.Equal((200, 200, 5L, 3L), (entry.Status, entry.InstanceStatus, entry.ReceivedBytes, entry.SentBytes));
        Assert.Equal(new AccessLogRequest("POST", false, "app.example.test:99", "/a?b=1", "1.1"), entry.Request);
        Assert.Equal(("curl/8", null, null), (entry.UserAgent, entry.Cipher, entry.TlsVersion));
        Assert.Equal(new IPEndPoint(instance.Address, TestInstance.Port), entry.Instance);
        Assert.True(IPAddress.IsLoopback(entry.Client.Address));
        Assert.InRange(entry.ReceivedAt, before, entry.LoggedAt);
        Assert.InRange(entry.Times!.Instance, TimeSpan.Zero, entry.LoggedAt - before);
    }

    [Fact]
    public async Task Bytes_are_those_of_bodies_however_they_are_sent()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Plans.LoadBalancer("web", instance.Planned()));
        var log = Log(running);

        await SendAsync(web.Address, Plans.Port, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, $"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{100:x}\r\n{new string('x', 100)}\r\n0\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, $"GET /headers HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 5000)}\r\nConnection: close\r\n\r\n");

        var entries = await log.ReadAsync(3);
        Assert.Equal((0L, 0L), Bytes(entries, "HEAD", "/"));
        Assert.Equal((100L, 3L), Bytes(entries, "POST", "/"));
        Assert.InRange(Bytes(entries, "GET", "/headers").Sent, 5000, 6000);
    }

    [Fact]
    public async Task What_no_instance_answered_is_logged_without_one()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var idle = TimeSpan.FromSeconds(1);
        var slow = Plans.LoadBalancer("slow", instance.Planned());
        slow = await ServeAsync(running, slow with
        {
            Listeners = [slow.Listeners[0] with { IdleTimeout = idle }], Pools = [slow.Pools[0] with { IdleTimeout = idle }],
        });
        var log = Log(running);

        Assert.StartsWith("HTTP/1.1 504", await SendAsync(slow.Address, Plans.Port, "GET /silent HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await SendAsync(slow.Address, Plans.Port, "GARBAGE\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408", await SendAsync(slow.Address, Plans.Port, "GET / HTTP/1.1\r\nHo"), StringComparison.Ordinal);
        await running.ApplyAsync(slow.With());
        Assert.StartsWith("HTTP/1.1 503", await SendAsync(slow.Address, Plans.Port, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);

        var entries = await log.ReadAsync(4);
        Assert.Equal([400, 408, 503, 504], entries.Select(entry => entry.Status!.Value).Order());
        Assert.All(entries, entry => Assert.Equal((null, null, null, 0L, true), (entry.Instance, entry.Times, entry.InstanceStatus, entry.SentBytes, entry.IsHttp)));
        Assert.Equal(["/silent", "/x"], entries.Where(entry => entry.Request is not null).Select(entry => entry.Request!.Target).Order());
    }

    [Fact]
    public async Task Whatever_a_client_sends_stays_within_its_field()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Plans.LoadBalancer("web"));
        var log = Log(running);

        await SendAsync(web.Address, Plans.Port, "GET /\"x HTTP/1.1\r\nHost: a\"b\r\nUser-Agent: x\"y\\z\u0001\u00ff] - -\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET /nul HTTP/1.1\r\nHost: a b\r\nUser-Agent: x\u0000y\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, $"GET /{new string('p', 5000)} HTTP/1.1\r\nHost: a\r\nUser-Agent: {new string('u', 9000)}\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent:\r\nConnection: close\r\n\r\n");

        var entries = await log.ReadAsync(4);

        // HAProxy 3.0 and newer refuse the name with a blank and the NUL.
        Assert.Contains(entries, entry => entry.Status == 400 || (entry.Request?.Host == "a b" && entry.UserAgent == "x\u0000y"));
        Assert.Contains(entries, entry => entry.Request?.Target == "/\"x" && entry.Request.Host == "a\"b" && entry.UserAgent == "x\"y\\z\u0001\u00ff] - -");
        Assert.Contains(entries, entry => entry.Request?.Target.Length == 5001 && entry.UserAgent == new string('u', 8192));
        Assert.Contains(entries, entry => entry.Request?.Target == "/" && entry.UserAgent is null);
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secure_listeners_tell_cipher_and_protocol_and_handshakes_that_fail()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var tls = Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned()));
        var web = Plans.LoadBalancer("web", instance.Planned()).Secure(tls);
        var mail = Plans.LoadBalancer("mail", instance.Planned()).AsTcp().Secure(tls);
        await running.ApplyAsync(web with { IsLogged = true }, mail with { IsLogged = true });
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(mail, "i-1");
        var log = Log(running);

        foreach (var address in new[] { web.Address, mail.Address })
        {
            await SendSecurelyAsync(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await SendAsync(address, Plans.Port, "no handshake\r\n\r\n");
        }

        var entries = await log.ReadAsync(4);
        var good = entries.Where(entry => entry.Cipher is not null).ToList();
        Assert.Equal([("mail", false, null), ("web", true, 200)], good.Select(entry => (entry.LoadBalancer.Name, entry.IsHttp, entry.Status)).OrderBy(entry => entry.Name));
        Assert.All(good, entry => Assert.Equal(("ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2"), (entry.Cipher, entry.TlsVersion)));
        Assert.True(good.Single(entry => entry.IsHttp).Request!.IsSecure);
        Assert.Equal(["mail", "web"], entries.Where(entry => entry.Cipher is null && entry.Instance is null && entry.Times is null).Select(entry => entry.LoadBalancer.Name).Order());
    }

    [Fact]
    public async Task A_connection_without_HTTP_is_one_entry_with_all_its_bytes()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var mail = await ServeAsync(running, Plans.LoadBalancer("mail", instance.Planned()).AsTcp());
        var log = Log(running);

        const string Request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        var answer = await SendAsync(mail.Address, Plans.Port, Request);
        var entry = Assert.Single(await log.ReadAsync(1));

        Assert.Equal((false, null, null, Request.Length, answer.Length), (entry.IsHttp, entry.Status, entry.Request, (int)entry.ReceivedBytes, (int)entry.SentBytes));
        Assert.Equal(instance.Address, entry.Instance!.Address);
        Assert.NotNull(entry.Times);

        using (var silent = new TcpClient())
        {
            await silent.ConnectAsync(mail.Address, Plans.Port, Token);
        }

        await log.ReadAsync(2);
        Assert.Equal((null, 0L), (log.Entries[1].Times, log.Entries[1].ReceivedBytes));
    }

    [Fact]
    public async Task Under_load_on_several_listeners_each_request_is_one_entry_also_over_hand_overs_and_a_kill()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(null, ("Threads", "2"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = await ServeAsync(running, web with { Listeners = [.. Enumerable.Range(Plans.Port, 4).Select(Plans.Listener)] });
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(client => SendUntilAsync(web.Address, Plans.Port + (client % 4), client, stop.Token)).ToList();
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
        var web = await ServeAsync(running, Plans.LoadBalancer("web", instance.Planned()) with { Listeners = [Plans.Listener(Plans.Port), Plans.Listener(Plans.Port + 1)] });
        var sent = 0;
        await Eventually.IsTrueAsync(
            async () =>
            {
                await SendAsync(web.Address, Plans.Port, $"GET /{++sent} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                return Directory.EnumerateFiles(running.CellFile("access")).Count(path => new FileInfo(path).Length > 0) == 3;
            },
            "requests in the files of all three threads");
        var entries = await Log(running).ReadAsync(sent);
        Assert.Equal(Enumerable.Range(1, sent).Select(number => $"/{number}"), entries.Select(entry => entry.Request!.Target).OrderBy(target => int.Parse(target[1..])));
        Assert.All(entries, entry => Assert.Equal((web.Id, Plans.Port), (entry.LoadBalancer, entry.Port)));
        Assert.Empty(running.DataPlane.Faults);

        await running.ApplyAsync(web with { Listeners = [Plans.Listener(Plans.Port + 1)] });
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken));
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
        await Eventually.IsTrueAsync(() => log.Read() == 1 && !Directory.EnumerateFiles(running.CellFile("access")).Any(), "the file of the old process to go");
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
            Assert.Equal((web.Id, Plans.Port, 200, 200, 3L), (entry.LoadBalancer, entry.Port, entry.Status, entry.InstanceStatus, entry.SentBytes));
            Assert.Equal(new IPEndPoint(instance.Address, TestInstance.Port), entry.Instance);
            Assert.Equal(isSecure, entry.TlsVersion is not null);
        });
        Assert.Equal((entries[0].Cipher, entries[0].TlsVersion), (entries[1].Cipher, entries[1].TlsVersion));
    }

    private static AccessLogReader Log(RunningDataPlane running) => new(running.AccessLog);

    private static (long Received, long Sent) Bytes(IEnumerable<AccessLogEntry> entries, string method, string target) =>
        entries.Where(entry => entry.Request!.Method == method && entry.Request.Target == target).Select(entry => (entry.ReceivedBytes, entry.SentBytes)).Single();

    private static async Task<PlannedLoadBalancer> ServeAsync(RunningDataPlane running, PlannedLoadBalancer loadBalancer)
    {
        var logged = loadBalancer with { IsLogged = true };
        await running.ApplyAsync(logged);
        await running.IsPassingAsync(logged, [.. logged.Pools[0].Members.Select(member => member.Target)]);
        return logged;
    }

    /// <summary>Sends bytes, one for each character, and reads until the other side closes.</summary>
    private static async Task<string> SendAsync(IPAddress address, int port, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, port, Token);
        return await SendAsync(client.GetStream(), bytes);
    }

    private static async Task<string> SendSecurelyAsync(IPAddress address, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, Plans.Port, Token);
        await using var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "a" }, Token);
        return await SendAsync(secure, bytes);
    }

    private static async Task<string> SendAsync(Stream stream, string bytes)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Token);
        }
        catch (IOException)
        {
            // Cut off; what came before counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Requests with a target of its own each, on a connection of its own each.</summary>
    private static async Task<int> SendUntilAsync(IPAddress address, int port, int client, CancellationToken stop)
    {
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            Assert.StartsWith("HTTP/1.1 200", await SendAsync(address, port, $"GET /{client}/{sent} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
            sent++;
        }

        return sent;
    }
}
