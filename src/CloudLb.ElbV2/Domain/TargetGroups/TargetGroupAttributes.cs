using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// The attributes of target groups by protocol, with AWS's defaults but for client addresses, which are kept where that is asked for.
/// </summary>
internal static class TargetGroupAttributes
{
    public const string DeregistrationDelay = "deregistration_delay.timeout_seconds";
    public const string Stickiness = "stickiness.enabled";
    public const string StickinessType = "stickiness.type";
    public const string LoadBalancerCookieDuration = "stickiness.lb_cookie.duration_seconds";
    public const string ApplicationCookieDuration = "stickiness.app_cookie.duration_seconds";
    public const string ApplicationCookie = "stickiness.app_cookie.cookie_name";
    public const string Algorithm = "load_balancing.algorithm.type";
    public const string AnomalyMitigation = "load_balancing.algorithm.anomaly_mitigation";
    public const string SlowStart = "slow_start.duration_seconds";
    public const string CrossZone = "load_balancing.cross_zone.enabled";
    public const string DnsCount = "target_group_health.dns_failover.minimum_healthy_targets.count";
    public const string DnsPercentage = "target_group_health.dns_failover.minimum_healthy_targets.percentage";
    public const string RoutingCount = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";
    public const string RoutingPercentage = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";
    public const string ProxyProtocol = "proxy_protocol_v2.enabled";
    public const string KeepsClientAddress = "preserve_client_ip.enabled";
    public const string ClosesWithDelay = "deregistration_delay.connection_termination.enabled";
    public const string ClosesOnFailure = "target_health_state.unhealthy.connection_termination.enabled";

    private static readonly HashSet<string> All =
        Shared().Concat(OfApplication(Protocol.HTTP)).Concat(OfNetwork(Protocol.TCP)).Select(rule => rule.Key).ToHashSet();

    private static readonly string[] OfOthers =
    [
        "lambda.multi_value_headers.enabled", "target_failover.on_deregistration", "target_failover.on_unhealthy",
    ];

    private static readonly AttributeTable OfLoadBalancers = Table([.. Shared(), .. OfAlb()], "target type 'alb'");

    private static readonly Dictionary<Protocol, AttributeTable> ByProtocol =
        Enum.GetValues<Protocol>().ToDictionary(protocol => protocol, Table);

    public static AttributeTable Of(TargetGroup group) =>
        group.TargetType == TargetType.Alb ? OfLoadBalancers : ByProtocol[group.Protocol];

    private static AttributeTable Table(Protocol protocol)
    {
        var own = protocol.IsHttp ? OfApplication(protocol) : protocol.HasDatagrams ? OfDatagrams(protocol) : OfNetwork(protocol);
        return Table([.. Shared(), .. own], $"{protocol} protocol");
    }

    /// <param name="own">The attributes.</param>
    /// <param name="with">What its groups have, as AWS says of one that has no such attribute.</param>
    private static AttributeTable Table(IReadOnlyList<AttributeRule> own, string with) => new("Target group", own)
    {
        Foreign = $"A target group with {with} does not support the attribute {{0}}",
        ForeignKeys = All.Except(own.Select(rule => rule.Key)).Concat(OfOthers).ToHashSet(),
    };

    private static IEnumerable<AttributeRule> Shared()
    {
        return
        [
            Between(DeregistrationDelay, 300, 0, 3600),
            OneOf(
                CrossZone, "use_load_balancer_configuration", ["true", "false", "use_load_balancer_configuration"],
                value => $"The value of '{CrossZone}' must be 'true', 'false' or 'use_load_balancer_configuration', but was '{value}'"),
            Count(DnsCount),
            Percentage(DnsPercentage),
            new(RoutingCount, "1", value => value != "off" && IsOffOr(value, int.MaxValue)
                ? null
                : $"The value of '{RoutingCount}' must be a positive integer"),
            Percentage(RoutingPercentage),
        ];
    }

    private static IEnumerable<AttributeRule> OfApplication(Protocol protocol) =>
    [
        Boolean(Stickiness, false),
        TypeOf(protocol, "lb_cookie", "app_cookie"),
        Between(LoadBalancerCookieDuration, 86400, 1, 604800),
        Between(ApplicationCookieDuration, 86400, 1, 604800),
        new(ApplicationCookie, "", CookieNames.Fault),
        OneOf(
            Algorithm, "round_robin", ["round_robin", "weighted_random", "least_outstanding_requests"],
            _ => "'Load balancer algorithm' must be one of [round_robin, weighted_random, least_outstanding_requests]"),
        OneOf(
            AnomalyMitigation, "off", ["on", "off"],
            value => $"The value of '{AnomalyMitigation}' must be 'on' or 'off', but was '{value}'"),
        Number(SlowStart, 0, (value, seconds) =>
            seconds is 0 or (>= 30 and <= 900) ? null : $"'{SlowStart}' value '{value}' must be between '30-900' inclusive"),
    ];

    private static IEnumerable<AttributeRule> OfNetwork(Protocol protocol) =>
    [
        Boolean(Stickiness, false),
        TypeOf(protocol, "source_ip"),
        Boolean(ClosesWithDelay, false),
        Boolean(KeepsClientAddress, false),
        Boolean(ProxyProtocol, false),
        Boolean(ClosesOnFailure, true),
        Between("target_health_state.unhealthy.draining_interval_seconds", 0, 0, 360000).Fixed(),
    ];

    /// <summary>
    /// The load balancer is told the clients' addresses, which no setting can change, and by the PROXY protocol of CloudLb's own.
    /// </summary>
    private static IEnumerable<AttributeRule> OfAlb() => OfNetwork(Protocol.TCP).Select(rule => rule.Key switch
    {
        KeepsClientAddress => Boolean(rule.Key, true).Fixed(),
        ProxyProtocol => rule.Fixed(),
        _ => rule,
    });

    /// <summary>Flows end when a target is deregistered, and no target can be told of a client before a flow.</summary>
    private static IEnumerable<AttributeRule> OfDatagrams(Protocol protocol) =>
    [
        Boolean(Stickiness, false),
        TypeOf(protocol, "source_ip"),
        Boolean(ClosesWithDelay, true).Fixed(),
        Boolean(KeepsClientAddress, false).Fixed(),
        Boolean(ProxyProtocol, false).Fixed(),
    ];

    /// <summary>How clients stay, the usual way first; another one is refused in AWS's words (seen of TCP).</summary>
    private static AttributeRule TypeOf(Protocol protocol, params string[] types) => OneOf(
        StickinessType, types[0], types,
        value => $"Stickiness type '{value}' is not supported for target groups with the {protocol} protocol") with
    {
        Error = Errors.InvalidConfigurationRequest,
    };

    private static AttributeRule Count(string key) => new(key, "1", value => IsOffOr(value, int.MaxValue)
        ? null
        : $"The value of '{key}' must be 'off' or a positive integer");

    private static AttributeRule Percentage(string key) => new(key, "off", value => IsOffOr(value, 100)
        ? null
        : $"The value of '{key}' must be 'off' or an integer between 1 and 100");

    private static bool IsOffOr(string value, int most) =>
        value == "off" || (int.TryParse(value, out var number) && number >= 1 && number <= most);
}
