using System.Diagnostics;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>How long a listener takes up TLS sessions that it has begun, by tickets and by their ids.</summary>
public sealed class TlsSessionTests
{
    private const string Resumed = "Reused, TLS", Begun = "New, TLS";

    public static readonly TheoryData<string> Kinds = ["-tls1_2", "-tls1_2 -no_ticket", "-tls1_3"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_session_that_began_with_a_certificate_is_over_when_another_is_shown(string kind)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var tls = Tls(running);
        var web = Plans.LoadBalancer("web").Secure(tls);
        await running.ApplyAsync(web);
        using var session = await SessionAsync(web, kind);

        await running.ApplyAsync(web.Secure(tls with { CertificateId = running.Certificates.Add(TestCertificate.SelfSigned("other")) }));

        await running.IsAloneAsync();
        Assert.Contains(Begun, await session.ResumeAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_session_that_began_with_a_policy_is_over_when_it_changes(string kind)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var tls = Tls(running);
        var web = Plans.LoadBalancer("web").Secure(tls);
        await running.ApplyAsync(web);
        using var session = await SessionAsync(web, kind);

        await running.ApplyAsync(web.Secure(tls with { IsServerOrder = false }));

        await running.IsAloneAsync();
        Assert.Contains(Begun, await session.ResumeAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Keys_of_tickets_are_renewed_when_they_have_had_their_time(string kind)
    {
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock, settings: [(nameof(HAProxyOptions.PollInterval), "00:00:00.1")]);
        var web = Plans.LoadBalancer("web").Secure(Tls(running));
        await running.ApplyAsync(web);
        running.Reconcile();
        using var session = await SessionAsync(web, kind);

        clock.StopAt(clock.GetUtcNow() + (running.Options.TlsTicketKeyLifetime * 1.5));
        clock.GoOn();

        await Eventually.IsTrueAsync(() => running.Generation > 1, "a process with other keys");
        await Eventually.IsTrueAsync(
            async () => (await session.ResumeAsync()).Contains(Begun, StringComparison.Ordinal), "the session is over");
    }

    [Fact]
    public async Task A_session_is_over_also_when_CloudLb_dies_between_the_certificate_and_the_next_process()
    {
        const string Kind = "-tls1_2", Other = "the-other.example";
        var token = TestContext.Current.CancellationToken;
        var obstacle = Path.GetTempFileName();
        var script = Path.GetTempFileName();

        // While there is an obstacle, no process takes over from another.
        await File.WriteAllTextAsync(script, $"""
            #!/bin/sh
            case "$*" in *" -x "*) [ ! -e {obstacle} ] || exec sleep 60 ;; esac
            exec {HAProxyInstalled.Executable} "$@"
            """, token);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var crashed = await RunningDataPlane.StartAsync(null, (nameof(HAProxyOptions.Path), script));
        var tls = Tls(crashed);
        var web = Plans.LoadBalancer("web").Secure(tls);
        await crashed.ApplyAsync(web);
        using var session = await SessionAsync(web, Kind);
        using var visitor = new Session(web, Kind);

        var next = web.Secure(tls with { CertificateId = crashed.Certificates.Add(TestCertificate.SelfSigned(Other)) });
        using var killed = new CancellationTokenSource();
        var applying = crashed.DataPlane.ApplyAsync(Plans.Of(next), killed.Token);
        await Eventually.IsTrueAsync(
            async () => (await visitor.BeginAsync()).Contains(Other, StringComparison.Ordinal), "the other certificate is shown");
        Assert.False(applying.IsCompleted);
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => applying);
        await crashed.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        crashed.Certificates.CopyTo(running.Certificates);
        await running.ApplyAsync(next);

        await running.IsAloneAsync();
        Assert.Contains(Begun, await session.ResumeAsync(), StringComparison.Ordinal);
        Assert.Contains(Other, await visitor.BeginAsync(), StringComparison.Ordinal);
        File.Delete(script);
        File.Delete(obstacle);
    }

    private static PlannedTls Tls(RunningDataPlane running) => Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with
    {
        Versions = [TlsVersion.Tls12, TlsVersion.Tls13],
        Ciphers = ["ECDHE-RSA-AES128-GCM-SHA256"],
    };

    private static async Task<Session> SessionAsync(PlannedLoadBalancer web, string kind)
    {
        var session = new Session(web, kind);
        await session.BeginAsync();
        Assert.Contains(Resumed, await session.ResumeAsync(), StringComparison.Ordinal);
        return session;
    }

    /// <summary>A session that a client keeps in a file and takes up again.</summary>
    private sealed class Session(PlannedLoadBalancer web, string kind) : IDisposable
    {
        private readonly string _file = Path.GetTempFileName();

        public Task<string> BeginAsync() => AskAsync("-sess_out");

        public Task<string> ResumeAsync() => AskAsync("-sess_in");

        public void Dispose() => File.Delete(_file);

        /// <summary>With a request, as tickets of TLS 1.3 come after the handshake.</summary>
        private async Task<string> AskAsync(string option)
        {
            var start = new ProcessStartInfo(
                "openssl", ["s_client", "-connect", $"{web.Address}:{Plans.Port}", "-ign_eof", .. kind.Split(' '), option, _file])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output + await errors;
        }
    }
}
