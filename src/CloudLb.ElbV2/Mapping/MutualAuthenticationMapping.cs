using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>What a listener asks of its clients' certificates.</summary>
internal static class MutualAuthenticationMapping
{
    private const string Off = "off", Verify = "verify", Passthrough = "passthrough";

    /// <summary>Null where nothing is said, or nothing may be and nothing is.</summary>
    public static MutualAuthenticationChange? Of(Protocol protocol, Wire.MutualAuthenticationAttributes? given, Caller caller)
    {
        if (given is null)
        {
            return null;
        }

        var mode = string.IsNullOrEmpty(given.Mode) ? Off : given.Mode;
        if (mode is not (Off or Verify or Passthrough))
        {
            throw Invalid($"Mutual Authentication mode {ResourceNames.Cut(mode)} not found");
        }

        if (protocol != Protocol.HTTPS)
        {
            return IsNothing(given, mode) ? null : throw Invalid("Mutual Authentication cannot be set for non secure listeners");
        }

        return mode == Verify ? new(Verified(given, caller)) : Unverified(given, mode);
    }

    public static Wire.MutualAuthenticationAttributes ToWire(MutualAuthentication? asked) => asked switch
    {
        null => new() { Mode = Off },
        { TrustStore: { } trustStore } => new()
        {
            Mode = Verify,
            TrustStoreArn = trustStore.ToString(),
            IgnoreClientCertificateExpiry = asked.IgnoresExpiry,
            TrustStoreAssociationStatus = "active",
            AdvertiseTrustStoreCaNames = asked.NamesAuthorities ? "on" : "off",
        },
        _ => new() { Mode = Passthrough },
    };

    private static bool IsNothing(Wire.MutualAuthenticationAttributes given, string mode) => mode == Off
        && given is { TrustStoreArn: null or "", IgnoreClientCertificateExpiry: not true, AdvertiseTrustStoreCaNames: null or "off" };

    private static MutualAuthentication Verified(Wire.MutualAuthenticationAttributes given, Caller caller) => new()
    {
        TrustStore = string.IsNullOrEmpty(given.TrustStoreArn)
            ? throw Invalid("Mutual Authentication mode verify requires a trust store arn")
            : caller.Arn(given.TrustStoreArn, ArnKind.TrustStore),
        IgnoresExpiry = given.IgnoreClientCertificateExpiry == true,
        NamesAuthorities = given.AdvertiseTrustStoreCaNames == "on",
    };

    private static MutualAuthenticationChange Unverified(Wire.MutualAuthenticationAttributes given, string mode)
    {
        var fault = given switch
        {
            { TrustStoreArn: { Length: > 0 } } => "a trust store arn",
            { IgnoreClientCertificateExpiry: true } => "ignoring client certificate expiry",
            { AdvertiseTrustStoreCaNames: "on" } => "advertise trust store ca names",
            _ => null,
        };
        return fault is null
            ? new(mode == Off ? null : new MutualAuthentication())
            : throw Invalid($"Mutual Authentication mode {mode} does not support {fault}");
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
