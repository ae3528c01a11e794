using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CloudLb.Core;
using CloudLb.Elb.Domain.Policies;
using CloudLb.Elb.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// One HAProxy with two listeners for each of AWS's predefined negotiation policies, one with an RSA certificate and one with an ECDSA one.
/// </summary>
public sealed partial class HandshakeListeners : IAsyncLifetime
{
    private const int FirstPort = 9000;

    private readonly IPAddress _address = Loopback.Next();
    private RunningDataPlane? _running;

    public async ValueTask InitializeAsync()
    {
        if (!HAProxyInstalled.IsThere)
        {
            return;
        }

        _running = await RunningDataPlane.StartAsync();
        var certificates = new[] { false, true }
            .Select(isEcdsa => _running.Certificates.Add(TestCertificate.SelfSigned(isEcdsa: isEcdsa)))
            .ToList();
        var listeners = PredefinedPolicies.All
            .SelectMany(
                policy =>
                    certificates.Select(
                        (id, isEcdsa) =>
                            Plans.Listener(Port(policy.Name, isEcdsa == 1)) with { Tls = ClassicTls.Of(id, SslNegotiation.Of(policy)) }))
            .OrderBy(listener => listener.Port);
        await _running.ApplyAsync(Plans.LoadBalancer("matrix", _address) with { Listeners = listeners.ToEquatableArray() });
        Assert.Empty(_running.DataPlane.Faults);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }
    }

    /// <summary>The version and cipher that a client of today's OpenSSL and the policy's listener agree on; null when on nothing.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="isEcdsa">Which of its listeners.</param>
    /// <param name="version">As <c>s_client</c> has it: <c>-tls1_2</c>.</param>
    /// <param name="ciphers">What the client offers, its favourite first.</param>
    internal async Task<(string Version, string Cipher)?> AgreeAsync(
        string policy, bool isEcdsa, string version, params IEnumerable<string> ciphers)
    {
        var start = new ProcessStartInfo(
            "openssl",
            [
                "s_client", "-brief", "-connect", $"{_address}:{Port(policy, isEcdsa)}", version, "-cipher",
                $"{string.Join(':', ciphers)}:@SECLEVEL=0",
            ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var agreed = Agreement().Match(told);
        Assert.True(
            agreed.Success
                || told.Contains("alert", StringComparison.Ordinal)
                || told.Contains("unsupported protocol", StringComparison.Ordinal),
            told);
        return agreed.Success ? (agreed.Groups["version"].Value, agreed.Groups["cipher"].Value) : null;
    }

    /// <summary>
    /// The first byte that is answered to a client of SSLv3: 21 of an alert, 22 of a handshake; null when the connection is closed.
    /// </summary>
    internal async Task<int?> AnswerToSsl3Async(string policy)
    {
        // A hello of version 3.0 that offers AES128-SHA and nothing else.
        byte[] hello = [0x16, 3, 0, 0, 45, 1, 0, 0, 41, 3, 0, .. new byte[32], 0, 0, 2, 0, 0x2f, 1, 0];
        using var client = new TcpClient();
        await client.ConnectAsync(_address, Port(policy, isEcdsa: false), TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(hello, TestContext.Current.CancellationToken);
        var answer = new byte[1];
        return await client.GetStream().ReadAsync(answer, TestContext.Current.CancellationToken) == 0 ? null : answer[0];
    }

    private static int Port(string policy, bool isEcdsa) =>
        FirstPort + (2 * PredefinedPolicies.All.Select(each => each.Name).ToList().IndexOf(policy)) + (isEcdsa ? 1 : 0);

    [GeneratedRegex(@"Protocol version: (?<version>\S+)\s+Ciphersuite: (?<cipher>\S+)")]
    private static partial Regex Agreement();
}
