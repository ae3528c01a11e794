using CloudLb.Core.AccessLogs;
using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes of load balancers by type, with AWS's defaults.</summary>
internal static class LoadBalancerAttributes
{
    public const string DeletionProtection = "deletion_protection.enabled";
    public const string CrossZone = "load_balancing.cross_zone.enabled";
    public const string Http2 = "routing.http2.enabled";
    public const string TellsTls = "routing.http.x_amzn_tls_version_and_cipher_suite.enabled";
    public const string IdleTimeout = "idle_timeout.timeout_seconds";
    public const string DesyncMitigationMode = "routing.http.desync_mitigation_mode";
    public const string ClientKeepAlive = "client_keep_alive.seconds";
    public const string DropsInvalidHeaders = "routing.http.drop_invalid_header_fields.enabled";
    public const string PreservesHost = "routing.http.preserve_host_header.enabled";
    public const string TellsClientPort = "routing.http.xff_client_port.enabled";
    public const string ForwardedFor = "routing.http.xff_header_processing.mode";
    private const string CrossZoneOfApplication =
        "The value for 'load_balancing.cross_zone.enabled' must always be 'true' for an Application Load Balancer";

    private static readonly AttributeTable Application = new("Load balancer", [.. Shared(isInternal: false), .. OfApplication()]);
    private static readonly AttributeTable InternalApplication = new("Load balancer", [.. Shared(isInternal: true), .. OfApplication()]);
    private static readonly AttributeTable Network = new("Load balancer", [.. Shared(isInternal: false), .. OfNetwork()]);
    private static readonly AttributeTable InternalNetwork = new("Load balancer", [.. Shared(isInternal: true), .. OfNetwork()]);

    public static AttributeTable Of(LoadBalancerType type, LoadBalancerScheme scheme) =>
        (type, scheme == LoadBalancerScheme.Internal) switch
        {
            (LoadBalancerType.Application, false) => Application,
            (LoadBalancerType.Application, true) => InternalApplication,
            (_, false) => Network,
            _ => InternalNetwork,
        };

    private static IEnumerable<AttributeRule> Shared(bool isInternal) =>
    [
        Boolean(DeletionProtection, false),
        Boolean("ipv6.deny_all_igw_traffic", isInternal).Fixed(),
        Boolean("zonal_shift.config.enabled", false).Fixed(),
    ];

    private static IEnumerable<AttributeRule> OfApplication() =>
    [
        new(CrossZone, "true", value => value == "true" ? null : CrossZoneOfApplication),
        Number(IdleTimeout, 60, (_, seconds) => seconds switch
        {
            > 4000 => $"The value of '{IdleTimeout}' cannot be greater than 4000 characters",
            < 1 => $"The value of '{IdleTimeout}' cannot be less than 1 characters",
            _ => null,
        }),
        Number(ClientKeepAlive, 3600, (_, seconds) =>
            seconds is < 60 or > 604800
                ? $"The value of '{ClientKeepAlive}' must be an integer between 60 and 604800"
                : null),
        .. LogAttributes.Of(LogKind.Access),
        .. LogAttributes.Of(LogKind.Connections),
        .. LogAttributes.Of(LogKind.HealthChecks),
        OneOf(
            DesyncMitigationMode, "defensive", ["defensive", "monitor", "strictest"],
            value => $"'{value}' must be one of [defensive, monitor, strictest]"),
        Boolean(DropsInvalidHeaders, false),
        Boolean(PreservesHost, false),
        Boolean(TellsTls, false),
        Boolean(TellsClientPort, false),
        OneOf(
            ForwardedFor, "append", ["append", "preserve", "remove"],
            _ => $"'{ForwardedFor}' must be set as 'preserve', 'append', or 'remove'"),
        Boolean(Http2, true),
        Boolean("waf.fail_open.enabled", false).Fixed(),
    ];

    private static IEnumerable<AttributeRule> OfNetwork() =>
    [
        .. LogAttributes.Of(LogKind.Access),
        Boolean(CrossZone, false),
        OneOf(
            "dns_record.client_routing_policy", "any_availability_zone",
            ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
            value => $"'{value}' is not a valid value for 'dns_record.client_routing_policy'").Fixed(),
        Number("secondary_ips.auto_assigned.per_subnet", 0, (value, count) =>
            count is < 0 or > 7
                ? $"'secondary_ips.auto_assigned.per_subnet' value '{value}' must be between '0-7' inclusive"
                : null).Fixed(),
    ];
}
