using CloudLb.AwsApi;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>What a request says of a secure listener's TLS; null where it says nothing.</summary>
/// <param name="CertificateArn">Of the default certificate.</param>
/// <param name="SslPolicy">A policy's name.</param>
/// <param name="AlpnPolicy">A policy's name.</param>
/// <param name="MutualAuthentication">What is asked of clients.</param>
internal sealed record ListenerTlsChange(
    string? CertificateArn, string? SslPolicy, string? AlpnPolicy, MutualAuthenticationChange? MutualAuthentication)
{
    // The API's default, which is not the console's.
    private const string UsualPolicy = "ELBSecurityPolicy-2016-08";

    /// <summary>What a listener has with it.</summary>
    /// <param name="before">What it has; null when it has none, as a new one.</param>
    /// <param name="protocol">The listener's.</param>
    /// <param name="certificates">All that there are.</param>
    /// <param name="loadBalancer">Of the account and region whose certificates may be named.</param>
    public ListenerTls ApplyTo(
        ListenerTls? before, Protocol protocol, ResourceCollection<string, ServerCertificate> certificates, Arn loadBalancer)
    {
        var certificate = CertificateArn is { } arn ? certificates.IdOf(loadBalancer, arn) : before?.CertificateId;
        return new()
        {
            CertificateId = certificate
                ?? throw CommonErrors.ValidationError.Because($"A certificate must be specified for {protocol} listeners"),
            NamedCertificateIds = before?.NamedCertificateIds ?? [],
            SslPolicy = SslPolicy ?? before?.SslPolicy ?? UsualPolicy,
            AlpnPolicy = AlpnPolicy ?? before?.AlpnPolicy,
            MutualAuthentication = MutualAuthentication is { } change ? change.Next : before?.MutualAuthentication,
        };
    }
}
