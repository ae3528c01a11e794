using System.Collections.Concurrent;
using System.Diagnostics;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Tests.HAProxy;

/// <summary>What each of AWS's predefined negotiation policies says, held against real handshakes with its listeners.</summary>
public sealed class HandshakeMatrixTests(HandshakeListeners listeners) : IClassFixture<HandshakeListeners>
{
    private const int HandshakesAtOnce = 2;

    /// <summary>
    /// The versions that a policy names, with the option that has a client speak no other. SSLv3, which no OpenSSL of today has, is never
    /// served.
    /// </summary>
    private static readonly (string Protocol, string Option)[] Versions =
        [("Protocol-TLSv1", "-tls1"), ("Protocol-TLSv1.1", "-tls1_1"), ("Protocol-TLSv1.2", "-tls1_2"), ("Protocol-TLSv1.3", "-tls1_3")];

    /// <summary>Ciphers of the policies that OpenSSL 3.0 as Debian 12 builds it does not have; docs/tls.md lists them too.</summary>
    private static readonly string[] Gone =
    [
        "DES-CBC-SHA", "DES-CBC3-SHA", "DHE-DSS-SEED-SHA", "DHE-RSA-SEED-SHA", "ECDHE-RSA-RC4-SHA", "EDH-DSS-DES-CBC-SHA",
        "EDH-DSS-DES-CBC3-SHA",
        "EDH-RSA-DES-CBC-SHA", "EDH-RSA-DES-CBC3-SHA", "EXP-DES-CBC-SHA", "EXP-EDH-DSS-DES-CBC-SHA", "EXP-EDH-RSA-DES-CBC-SHA",
        "EXP-KRB5-DES-CBC-MD5",
        "EXP-KRB5-DES-CBC-SHA", "EXP-KRB5-RC2-CBC-MD5", "EXP-KRB5-RC2-CBC-SHA", "EXP-KRB5-RC4-MD5", "EXP-KRB5-RC4-SHA", "EXP-RC2-CBC-MD5",
        "EXP-RC4-MD5",
        "KRB5-DES-CBC-MD5", "KRB5-DES-CBC-SHA", "KRB5-DES-CBC3-MD5", "KRB5-DES-CBC3-SHA", "KRB5-RC4-MD5", "KRB5-RC4-SHA",
        "PSK-3DES-EDE-CBC-SHA",
        "PSK-RC4-SHA", "RC4-MD5", "RC4-SHA", "SEED-SHA",
    ];

    private static readonly Lazy<IReadOnlyList<string>> Known = new(ReadKnown);

    public static TheoryData<string> Policies => [.. PredefinedPolicies.All.Select(policy => policy.Name)];

    [Fact]
    public void The_ciphers_that_cannot_be_had_are_known_and_documented()
    {
        HAProxyInstalled.OrSkip();
        var documented = File.ReadAllText(Path.Combine(SourceDirectory(), "../../../docs/tls.md"));

        Assert.Equal(Gone, PredefinedPolicies.All.SelectMany(Ciphers).Except(Known.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Gone, cipher => Assert.Contains($"`{cipher}`", documented, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Each_version_is_on_or_off_as_the_policy_says(string name)
    {
        HAProxyInstalled.OrSkip();
        var on = SslNegotiation.Of(PredefinedPolicies.Get(name)).Protocols;
        var agreed = new ConcurrentDictionary<string, bool>();
        await Parallel.ForEachAsync(Versions, AtOnce(), async (version, _) =>
            agreed[version.Protocol] = await listeners.AgreeAsync(name, isEcdsa: false, version.Option, "ALL") is not null);

        Assert.Equal(
            on.Where(protocol => protocol != "Protocol-SSLv3").Order(), agreed.Where(pair => pair.Value).Select(pair => pair.Key).Order());
        Assert.True(await listeners.AnswerToSsl3Async(name) is null or 0x15);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Every_cipher_of_the_policy_is_agreed_on_in_the_listeners_order_or_the_clients(string name)
    {
        HAProxyInstalled.OrSkip();
        var policy = PredefinedPolicies.Get(name);
        var isServerOrder = SslNegotiation.Of(policy).IsServerOrder;
        Assert.NotEmpty(Usable(policy));
        await Parallel.ForEachAsync([false, true], AtOnce(), async (isEcdsa, _) =>
        {
            // The client likes best what the policy likes least, and has one cipher less each time.
            var listenersOrder = Usable(policy).Where(cipher => NeedsEcdsa(cipher) == isEcdsa).ToList();
            var offered = Enumerable.Reverse(listenersOrder).ToList();
            var agreed = new List<string?>();
            while (offered.Count > 0)
            {
                agreed.Add((await listeners.AgreeAsync(name, isEcdsa, Newest(policy), offered))?.Cipher);
                offered.RemoveAt(isServerOrder ? offered.Count - 1 : 0);
            }

            Assert.Equal(isServerOrder ? listenersOrder : Enumerable.Reverse(listenersOrder), agreed);
        });
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Every_other_cipher_is_refused(string name)
    {
        HAProxyInstalled.OrSkip();
        var policy = PredefinedPolicies.Get(name);
        var others = Known.Value.Except(Ciphers(policy)).ToList();

        Assert.Null(await listeners.AgreeAsync(name, isEcdsa: false, Newest(policy), others));
        Assert.Null(await listeners.AgreeAsync(name, isEcdsa: true, Newest(policy), others));
    }

    private static IEnumerable<string> Ciphers(Policy policy) => SslNegotiation.Of(policy).Ciphers;

    /// <summary>
    /// Certificates are RSA or ECDSA and there are no keys shared beforehand, so nobody can use the ciphers with DSA and PSK.
    /// </summary>
    private static IReadOnlyList<string> Usable(Policy policy) =>
        [.. Ciphers(policy).Where(
            cipher =>
                Known.Value.Contains(cipher)
                    && !cipher.Contains("DSS", StringComparison.Ordinal)
                    && !cipher.StartsWith("PSK", StringComparison.Ordinal))];

    private static bool NeedsEcdsa(string cipher) => cipher.Contains("ECDSA", StringComparison.Ordinal);

    private static string Newest(Policy policy) =>
        Versions.Last(version => SslNegotiation.Of(policy).Protocols.Contains(version.Protocol)).Option;

    private static ParallelOptions AtOnce() =>
        new() { MaxDegreeOfParallelism = HandshakesAtOnce, CancellationToken = TestContext.Current.CancellationToken };

    /// <summary>Every cipher up to TLS 1.2 that this machine's OpenSSL has, for certificates and without.</summary>
    private static IReadOnlyList<string> ReadKnown()
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", ["ciphers", "-tls1_2", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim().Split(':');
    }

    private static string SourceDirectory([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;
}
