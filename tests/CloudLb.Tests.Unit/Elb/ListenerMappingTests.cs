using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Elb;

public sealed class ListenerMappingTests
{
    private const string Arn = "arn:aws:iam::123456789012:server-certificate/site/web";
    private const string OthersArn = "arn:aws:iam::210987654321:server-certificate/web";

    private static readonly ResourceCollection<string, ServerCertificate> Certificates =
        Of(Certificate("123456789012", "/site/"), Certificate("210987654321", "/"));

    [Theory]
    [InlineData("HTTP", null, "HTTP", "HTTP")]
    [InlineData("http", "", "HTTP", "HTTP")]
    [InlineData("Tcp", null, "TCP", "TCP")]
    [InlineData("tcp", "Tcp", "TCP", "TCP")]
    public void Protocols_come_out_in_upper_case_and_the_instance_protocol_is_the_same(
        string protocol, string? instanceProtocol, string front, string back)
    {
        var listener = Wire(
            protocol, instanceProtocol, certificate: "arn:aws:iam::123456789012:server-certificate/dropped").ToDomain(
                Sample.Key(), Certificates);

        Assert.Equal(
            new Listener { Protocol = front, LoadBalancerPort = 80, InstanceProtocol = back, InstancePort = 8080 },
            Assert.Single(listener).ToWire(Certificates));
    }

    [Theory]
    [InlineData(
        "UDP", null, 80, null, "UnsupportedProtocol", "The protocol 'UDP' is not supported; it must be one of HTTP, HTTPS, TCP, SSL")]
    [InlineData("", null, 80, null, "UnsupportedProtocol", "The protocol '' is not supported; it must be one of HTTP, HTTPS, TCP, SSL")]
    [InlineData("2", null, 80, null, "UnsupportedProtocol", "The protocol '2' is not supported; it must be one of HTTP, HTTPS, TCP, SSL")]
    [InlineData(
        "ſſl", null, 80, "arn", "UnsupportedProtocol", "The protocol 'ſſl' is not supported; it must be one of HTTP, HTTPS, TCP, SSL")]
    [InlineData(
        "HTTP", "QUIC", 80, null, "UnsupportedProtocol", "The protocol 'QUIC' is not supported; it must be one of HTTP, HTTPS, TCP, SSL")]
    [InlineData("HTTP", null, 0, null, "ValidationError", "Load balancer port must be in 1-65535 inclusive")]
    [InlineData("HTTP", null, 65536, null, "ValidationError", "Load balancer port must be in 1-65535 inclusive")]
    [InlineData("HTTP", null, int.MinValue, null, "ValidationError", "Load balancer port must be in 1-65535 inclusive")]
    [InlineData("HTTPS", null, 443, null, "ValidationError", "Secure Listeners need to specify a SSLCertificateId")]
    [InlineData("SSL", "TCP", 443, "", "ValidationError", "Secure Listeners need to specify a SSLCertificateId")]
    [InlineData("HTTPS", "HTTP", 443, "arn:x", "CertificateNotFound", "Server Certificate not found for the key: arn:x")]
    [InlineData("SSL", "SSL", 443, OthersArn, "CertificateNotFound", $"Server Certificate not found for the key: {OthersArn}")]
    [InlineData(
        "HTTPS", "SSL", 443, Arn, "ValidationError",
        "Protocol HTTPS and InstanceProtocol SSL must both be HTTP or HTTPS, or both be TCP or SSL")]
    [InlineData(
        "HTTP", "TCP", 80, null, "ValidationError",
        "Protocol HTTP and InstanceProtocol TCP must both be HTTP or HTTPS, or both be TCP or SSL")]
    [InlineData(
        "TCP", "HTTP", 80, null, "ValidationError",
        "Protocol TCP and InstanceProtocol HTTP must both be HTTP or HTTPS, or both be TCP or SSL")]
    public void A_listener_that_cannot_be_served_is_refused(
        string protocol, string? instanceProtocol, int port, string? certificate, string code, string message) =>
        Assert.Equal(
            (code, message),
            Sample.Refusal(() => Wire(protocol, instanceProtocol, port, certificate).ToDomain(Sample.Key(), Certificates)));

    [Theory]
    [InlineData("HTTPS", "HTTP")]
    [InlineData("HTTPS", "HTTPS")]
    [InlineData("SSL", "TCP")]
    [InlineData("SSL", "SSL")]
    public void A_secure_listener_keeps_its_certificate_by_id_and_shows_its_ARN(string protocol, string instanceProtocol)
    {
        var listener = Assert.Single(Wire(protocol, instanceProtocol, 443, Arn).ToDomain(Sample.Key(), Certificates));
        var renamed = Of(Certificate("123456789012", "/new/"));

        Assert.Equal("ASCA123456789012", listener.CertificateId);
        Assert.Equal(Arn, listener.ToWire(Certificates).SSLCertificateId);
        Assert.Equal("arn:aws:iam::123456789012:server-certificate/new/web", listener.ToWire(renamed).SSLCertificateId);
    }

    [Fact]
    public void A_list_without_listeners_is_refused() =>
        Assert.Equal(
            ("ValidationError", "Listeners cannot be empty"),
            Sample.Refusal(() => ((IReadOnlyList<Listener>)[]).ToDomain(Sample.Key(), Certificates)));

    private static ResourceCollection<string, ServerCertificate> Of(params IEnumerable<ServerCertificate> certificates) => certificates
        .Aggregate(MemoryResources.Empty, (snapshot, certificate) => snapshot.With(CertificateCollection.Kind, certificate)).Certificates;

    private static ServerCertificate Certificate(string account, string path) => new()
    {
        Id = $"ASCA{account}",
        Account = new(account),
        Name = "web",
        Path = path,
        Body = "",
        PrivateKey = new([]),
        UploadDate = Sample.Noon,
        Expiration = Sample.Noon,
    };

    private static IReadOnlyList<Listener> Wire(string protocol, string? instanceProtocol, int port = 80, string? certificate = null) =>
        [new()
        {
            Protocol = protocol,
            InstanceProtocol = instanceProtocol,
            LoadBalancerPort = port,
            InstancePort = 8080,
            SSLCertificateId = certificate,
        }];
}
