using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Listeners with further certificates, each shown to those who ask for one of its names.</summary>
public sealed class NamedCertificateTests
{
    private static readonly TestCertificate Default = TestCertificate.SelfSigned("default.test");
    private static readonly TestCertificate One = TestCertificate.SelfSigned("one.test");
    private static readonly TestCertificate Wild = TestCertificate.SelfSigned("*.wild.test");
    private static readonly TestCertificate Other = TestCertificate.SelfSigned("default.test");

    private readonly IPAddress _address = Loopback.Next();

    [Fact]
    public async Task Certificates_are_added_and_removed_while_the_process_runs_and_shown_by_name()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var (first, one, wild) = (running.Certificates.Add(Default), running.Certificates.Add(One), running.Certificates.Add(Wild));
        var web = Web(first);
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await ShowsAsync(web, Default, "one.test", "default.test", "x.wild.test");

        await running.ApplyAsync(web = Web(first, one));
        await running.ApplyAsync(web = Web(first, one, wild));

        Assert.Equal(1, running.Generation);
        await ShowsAsync(web, One, "one.test", "ONE.test");
        await ShowsAsync(web, Wild, "x.wild.test");
        await ShowsAsync(web, Default, "default.test", "wild.test", "x.y.wild.test", "else.test", "");

        // Sessions that began with it are not to be taken up, so that a hand-over follows.
        await running.ApplyAsync(web = Web(first, wild));
        await running.IsAloneAsync();
        Assert.Equal(2, running.Generation);
        Assert.DoesNotContain(running.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        await ShowsAsync(web, Wild, "x.wild.test");
        await ShowsAsync(web, Default, "one.test");

        await running.ApplyAsync(Web(first, wild, one));
        Assert.Equal(2, running.Generation);
        await ShowsAsync(web, One, "one.test");
    }

    [Fact]
    public async Task One_of_the_list_is_shown_before_the_default_one_and_of_the_list_the_first_of_the_kind_that_the_client_knows()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var ecdsa = TestCertificate.SelfSigned("one.test", isEcdsa: true);
        var (first, one, other) = (running.Certificates.Add(Default), running.Certificates.Add(One), running.Certificates.Add(Other));
        var second = TestCertificate.SelfSigned("one.test");
        var (later, elliptic) = (running.Certificates.Add(second), running.Certificates.Add(ecdsa));

        var web = Web(first, one, later, other);
        await running.ApplyAsync(web);
        await ShowsAsync(web, Other, "default.test");
        await ShowsAsync(web, One, "one.test");
        await running.ApplyAsync(web = Web(first, one, later, other, elliptic));
        Assert.Equal(1, running.Generation);
        await ShowsAsync(web, ecdsa, "one.test");

        // Another order is no command.
        await running.ApplyAsync(web = Web(first, later, one, other));
        await running.IsAloneAsync();
        Assert.Equal(2, running.Generation);
        await ShowsAsync(web, second, "one.test");
    }

    [Fact]
    public async Task A_default_certificate_is_replaced_while_others_are_shown_by_name()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var (first, one) = (running.Certificates.Add(Default), running.Certificates.Add(One));
        await running.ApplyAsync(Web(first, one));

        var web = Web(running.Certificates.Add(Wild), one);
        await running.ApplyAsync(web);
        await running.IsAloneAsync();

        await ShowsAsync(web, Wild, "default.test", "else.test");
        await ShowsAsync(web, One, "one.test");
        await running.ApplyAsync(Plans.LoadBalancer("other"));
        Assert.Empty(Directory.EnumerateFiles(running.CellFile("named")));
        Assert.Empty(Directory.EnumerateFiles(running.CellFile("certificates")));
    }

    [Fact]
    public async Task One_that_is_gone_is_told_and_the_next_CloudLb_takes_over_what_is_shown()
    {
        var before = await RunningDataPlane.StartAsync();
        var (first, one) = (before.Certificates.Add(Default), before.Certificates.Add(One));
        var web = Web(first);
        await before.ApplyAsync(web);
        await before.ApplyAsync(web = Web(first, one));
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        before.Certificates.CopyTo(running.Certificates);
        await running.ApplyAsync(web);
        Assert.Equal(1, running.Generation);
        await ShowsAsync(web, One, "one.test");

        await running.ApplyAsync(Web(first, one, "ASCAGONE"));
        Assert.Equal("Its certificate ASCAGONE is not there any more; give it another.", Assert.Single(running.DataPlane.Faults).Reason);
    }

    private PlannedLoadBalancer Web(string certificate, params string[] named) =>
        Plans.LoadBalancer("web", _address).Secure(
            Plans.Tls(certificate) with
            {
                NamedCertificateIds = named.ToEquatableArray(),
                Versions = [TlsVersion.Tls12, TlsVersion.Tls13],
                Ciphers = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
                CipherSuites = ["TLS_AES_256_GCM_SHA384"],
            });

    private static async Task ShowsAsync(PlannedLoadBalancer web, TestCertificate expected, params string[] names)
    {
        foreach (var name in names)
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
            await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = name, AllowTlsResume = false }, TestContext.Current.CancellationToken);
            Assert.Equal((name, expected.Thumbprint), (name, stream.RemoteCertificate!.GetCertHashString()));
            Assert.Equal((SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384), (stream.SslProtocol, stream.NegotiatedCipherSuite));
        }
    }
}
