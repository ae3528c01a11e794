using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudLb.HAProxy;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What somebody changes by hand, at HAProxy's socket or in its files, is found, put right and logged.</summary>
public sealed class DriftTests
{
    private const string Pool = "123456789012:us-east-1:web:http-8081";
    private const string Member = $"{Pool}/i-1";
    private const string Listener = "123456789012:us-east-1:web:8080";

    // More than passes between two thorough looks.
    private static readonly TimeSpan LongTime = TimeSpan.FromMinutes(2);
    private static readonly (string, string) Often = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Theory]
    [InlineData($"disable server {Member}")]
    [InlineData($"set server {Member} state drain")]
    [InlineData($"set server {Member} weight 7")]
    [InlineData($"set server {Member} addr 127.0.0.1 port 9")]
    [InlineData($"disable health {Member}")]
    [InlineData($"set server {Member} check-port 9")]
    [InlineData($"disable server {Member}", $"del server {Member}")]
    [InlineData($"add server {Pool}/i-2 127.0.0.1:9 weight 1", $"enable server {Pool}/i-2")]
    [InlineData($"set maxconn server {Member} 1")]
    [InlineData($"disable frontend {Listener}")]
    [InlineData($"set maxconn frontend {Listener} 1")]
    [InlineData("set maxconn global 100")]
    [InlineData("set rate-limit connections global 1")]
    public async Task What_is_changed_at_the_socket_is_put_right_by_one_hand_over(params string[] commands)
    {
        var clock = new TestClock();
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        running.Reconcile();
        await IsLookedThroughAsync(running, clock);
        var before = await StateAsync(running);

        foreach (var command in commands)
        {
            await running.AskAsync(command);
        }

        Assert.NotEqual(before, await StateAsync(running));
        await IsLookedThroughAsync(running, clock);
        await Eventually.IsTrueAsync(
            () => running.Log.Lines.Any(line => line.Contains("handed over (drift)", StringComparison.Ordinal)),
            "a hand-over has put it right");

        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-1", "it serves");
        Assert.Equal(before, await StateAsync(running));
        await IsLookedThroughAsync(running, clock);
        Assert.Equal(2, running.Generation);
        Assert.Single(running.Log.Lines, line => line.Contains("was changed by hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_was_closed_and_is_opened_by_hand_is_closed_again()
    {
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        var web = Plans.LoadBalancer("web");
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] });
        await running.ApplyAsync(web);
        running.Reconcile();
        await IsLookedThroughAsync(running, clock);
        Assert.Equal(1, running.Generation);

        await running.AskAsync("enable frontend 123456789012:us-east-1:web:8090");
        Assert.True(await IsAcceptedAsync(web.Address, 8090));
        await IsLookedThroughAsync(running, clock);

        await Eventually.IsTrueAsync(async () => !await IsAcceptedAsync(web.Address, 8090), "the listener is closed");
    }

    [Fact]
    public async Task A_certificate_that_was_replaced_by_hand_is_put_back()
    {
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        var certificate = TestCertificate.SelfSigned();
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(certificate)));
        await running.ApplyAsync(web);
        running.Reconcile();
        await IsLookedThroughAsync(running, clock);
        var path = running.CellFile($"certificates/{Listener}.pem");
        Assert.Contains(certificate.Thumbprint, await running.AskAsync($"show ssl cert {path}"));

        var other = TestCertificate.SelfSigned("other");
        await running.AskAsync($"set ssl cert {path} <<\n{other.Pem}\n{other.KeyPem}\n");
        await running.AskAsync($"commit ssl cert {path}");
        Assert.Contains(other.Thumbprint, await running.AskAsync($"show ssl cert {path}"));
        await IsLookedThroughAsync(running, clock);

        await Eventually.IsTrueAsync(
            () => running.Log.Lines.Any(line => line.Contains("handed over (drift)", StringComparison.Ordinal)),
            "a hand-over has put it right");
        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync($"show ssl cert {path}")).Contains(certificate.Thumbprint, StringComparison.Ordinal),
            "the certificate is back");
    }

    [Theory]
    [InlineData("haproxy.cfg", "global")]
    [InlineData("haproxy.cfg", null)]
    [InlineData("applied.json", "{}")]
    [InlineData("applied.json", null)]
    [InlineData($"certificates/{Listener}.pem", "no certificate")]
    [InlineData($"certificates/{Listener}.pem", null)]
    public async Task A_file_that_was_changed_or_deleted_is_written_again(string name, string? content)
    {
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        await running.ApplyAsync(Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned()))));
        await IsLookedThroughAsync(running, clock);
        var path = running.CellFile(name);
        var before = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        await IsLookedThroughAsync(running, clock);

        Assert.Equal(before, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(1, running.Generation);
        Assert.Contains(running.Log.Lines, line => line.Contains($"{path} was changed by hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_file_that_is_broken_when_HAProxy_dies_is_written_again_for_the_next_process()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));
        await running.ApplyAsync(web);
        await File.WriteAllTextAsync(
            running.CellFile($"certificates/{Listener}.pem"), "no certificate", TestContext.Current.CancellationToken);
        running.Reconcile();

        Kill(running.ProcessId);
        await Eventually.IsTrueAsync(() => running.Generation == 2 && running.ProcessId != 0, "another process runs");

        Assert.Empty(running.DataPlane.Faults);
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("is not served", StringComparison.Ordinal));
    }

    /// <summary>
    /// Returns when the process and the files have been looked through once more: each poll leaves its time on the state file.
    /// </summary>
    private static async Task IsLookedThroughAsync(RunningDataPlane running, TestClock clock)
    {
        clock.StopAt(clock.GetUtcNow() + LongTime);
        clock.GoOn();
        var since = clock.GetUtcNow().UtcDateTime;
        await Eventually.IsTrueAsync(() => File.GetLastWriteTimeUtc(running.CellFile("state")) > since, "the process has been asked");
    }

    /// <summary>Whether it takes connections; what it does with them is another matter.</summary>
    private static async Task<bool> IsAcceptedAsync(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What can be changed at the socket, without what changes by itself.</summary>
    private static async Task<string> StateAsync(RunningDataPlane running)
    {
        int[] server = [1, 3, 4, 6, 7, 18, 20, 21, 22], row = [0, 1, 6];
        var servers = (await running.AskAsync("show servers state"))
            .Split('\n')
            .Select(line => line.Split(' '))
            .Where(columns => columns.Length > server[^1] && columns[0] != "#")
            .Select(
                columns =>
                    string.Join(' ', server.Select(column => columns[column]))
                        + $" checked: {(int.Parse(columns[13], CultureInfo.InvariantCulture) & 4) != 0}");
        var rows = (await running.AskAsync("show stat -1 5 -1"))
            .Split('\n')
            .Select(line => line.Split(','))
            .Where(columns => columns.Length > 17 && columns[0] != "# pxname")
            .Select(
                columns => string.Join(' ', row.Select(column => columns[column])) + (columns[1] == "FRONTEND" ? $" {columns[17]}" : ""));
        var info = (await running.AskAsync("show info"))
            .Split('\n')
            .Where(
                line =>
                    line.StartsWith("Maxconn:", StringComparison.Ordinal) || line.StartsWith("ConnRateLimit:", StringComparison.Ordinal));
        return string.Join('\n', servers.Concat(rows).Concat(info));
    }
}
