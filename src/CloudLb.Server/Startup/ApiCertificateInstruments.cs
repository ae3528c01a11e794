using System.Diagnostics.Metrics;
using CloudLb.Core.Traffic.Counters;

namespace CloudLb.Server.Startup;

/// <summary>When the API's certificate ends, read when somebody asks. Where the URL is https.</summary>
internal sealed class ApiCertificateInstruments : IInstruments
{
    public ApiCertificateInstruments(IMeterFactory meters, ApiCertificate certificate) =>
        meters.Create("CloudLb.Server").CreateObservableGauge(
        "cloudlb.api_certificate.expiry_timestamp",
        () => new DateTimeOffset(certificate.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds(),
        "s",
        "When the API's certificate ends, in seconds since 1970.");
}
