using System.Net;
using System.Net.Sockets;
using CloudLb.Core.AccessLogs;
using static CloudLb.Tests.HAProxy.LoggedRequests;

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

        await SendAsync(
            web.Address, Plans.Port,
            "POST /a?b=1 HTTP/1.1\r\nHost: app.example.test:99\r\nUser-Agent: curl/8\r\nContent-Length: 5\r\n" +
            "Connection: close\r\n\r\nhello");

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
        await SendAsync(
            web.Address, Plans.Port,
            $"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: " +
            $"close\r\n\r\n{100:x}\r\n{new string('x', 100)}\r\n0\r\n\r\n");
        await SendAsync(
            web.Address, Plans.Port, $"GET /headers HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 5000)}\r\nConnection: close\r\n\r\n");

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

        Assert.StartsWith(
            "HTTP/1.1 504", await SendAsync(slow.Address, Plans.Port, "GET /silent HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await SendAsync(slow.Address, Plans.Port, "GARBAGE\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408", await SendAsync(slow.Address, Plans.Port, "GET / HTTP/1.1\r\nHo"), StringComparison.Ordinal);
        await running.ApplyAsync(slow.With());
        Assert.StartsWith(
            "HTTP/1.1 503", await SendAsync(slow.Address, Plans.Port, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);

        var entries = await log.ReadAsync(4);
        Assert.Equal([400, 408, 503, 504], entries.Select(entry => entry.Status!.Value).Order());
        Assert.All(
            entries,
            entry =>
                Assert.Equal(
                    (null, null, null, 0L, true), (entry.Instance, entry.Times, entry.InstanceStatus, entry.SentBytes, entry.IsHttp)));
        Assert.Equal(["/silent", "/x"], entries.Where(entry => entry.Request is not null).Select(entry => entry.Request!.Target).Order());
    }

    [Fact]
    public async Task Whatever_a_client_sends_stays_within_its_field()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Plans.LoadBalancer("web"));
        var log = Log(running);

        await SendAsync(
            web.Address, Plans.Port,
            "GET /\"x HTTP/1.1\r\nHost: a\"b\r\nUser-Agent: x\"y\\z\u0001\u00ff] - -\r\nConnection: close\r\n\r\n");
        await SendAsync(
            web.Address, Plans.Port, "GET /{|}%23 HTTP/1.1\r\nHost: {a|b}\r\nUser-Agent: R {x|#22} {y} #\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET /nul HTTP/1.1\r\nHost: a b\r\nUser-Agent: x\u0000y\r\nConnection: close\r\n\r\n");
        await SendAsync(
            web.Address, Plans.Port,
            $"GET /{new string('p', 5000)} HTTP/1.1\r\nHost: a\r\nUser-Agent: {new string('u', 9000)}\r\nConnection: close\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent:\r\nConnection: close\r\n\r\n");
        await SendAsync(
            web.Address, Plans.Port,
            $"GET /{new string('"', 20000)} HTTP/1.1\r\nHost: a\r\nUser-Agent: {new string('"', 9000)}\r\nConnection: close\r\n\r\n");
        await SendAsync(
            web.Address, Plans.Port, $"{new string('M', 20000)} / HTTP/1.1\r\nHost: a\r\nUser-Agent: m\r\nConnection: close\r\n\r\n");

        var entries = await log.ReadAsync(7);

        // HAProxy 3.0 and newer refuse the name with a blank and the NUL.
        Assert.Contains(entries, entry => entry.Status == 400 || (entry.Request?.Host == "a b" && entry.UserAgent == "x\u0000y"));
        Assert.Contains(
            entries,
            entry => entry.Request?.Target == "/\"x" && entry.Request.Host == "a\"b" && entry.UserAgent == "x\"y\\z\u0001\u00ff] - -");
        Assert.Contains(
            entries,
            entry => entry.Request?.Target == "/{|}%23" && entry.Request.Host == "{a|b}" && entry.UserAgent == "R {x|#22} {y} #");
        Assert.Contains(entries, entry => entry.Request?.Target.Length == 5001 && entry.UserAgent == new string('u', 8192));
        Assert.Contains(entries, entry => entry.Request?.Target == "/" && entry.UserAgent is null);

        // HAProxy's lines have 64 KiB, and each of these characters takes three bytes.
        Assert.Contains(
            entries,
            entry => entry.UserAgent == new string('"', 8192)
                && entry.Request!.Target is ['/', .. var rest] && rest.Length > 13_000 && rest.Trim('"').Length == 0);
        Assert.Contains(entries, entry => entry.Status == 405 && entry.Request?.Method == new string('M', 128) && entry.UserAgent == "m");
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
        Assert.Equal(
            [("mail", false, null), ("web", true, 200)],
            good.Select(entry => (entry.LoadBalancer.Name, entry.IsHttp, entry.Status)).OrderBy(entry => entry.Name));
        Assert.All(good, entry => Assert.Equal(("ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2"), (entry.Cipher, entry.TlsVersion)));
        Assert.True(good.Single(entry => entry.IsHttp).Request!.IsSecure);
        Assert.Equal(
            ["mail", "web"],
            entries
                .Where(entry => entry.Cipher is null && entry.Instance is null && entry.Times is null)
                .Select(entry => entry.LoadBalancer.Name)
                .Order());
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

        Assert.Equal(
            (false, null, null, Request.Length, answer.Length),
            (entry.IsHttp, entry.Status, entry.Request, (int)entry.ReceivedBytes, (int)entry.SentBytes));
        Assert.Equal(instance.Address, entry.Instance!.Address);
        Assert.NotNull(entry.Times);

        using (var silent = new TcpClient())
        {
            await silent.ConnectAsync(mail.Address, Plans.Port, Token);
        }

        await log.ReadAsync(2);
        Assert.Equal((null, 0L), (log.Entries[1].Times, log.Entries[1].ReceivedBytes));
    }
}
