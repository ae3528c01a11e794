using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Applied;

/// <summary>
/// What a file means where it says nothing: what was true of every load balancer when Classic ELB's were the only ones, and stood in no
/// file. None of it ever changes.
/// </summary>
internal static class AppliedDefaults
{
    public const string UserAgent = "ELB-HealthChecker/1.0";

    public static readonly PlannedAnswers Answers = new(Naming.ProxyName.PlainKind,
    [
        new(400, "BAD_REQUEST"),
        new(408, "REQUEST_TIMEOUT"),
        new(502, "BAD_GATEWAY"),
        new(503, "Service Unavailable: Back-end server is at capacity"),
        new(504, "GATEWAY_TIMEOUT"),
    ]);

    public static readonly AppliedCookies Cookies = new("AWSELB", "AWSELBCORS");

    public static readonly EquatableArray<int> Statuses = [200];

    private static readonly EquatableArray<string> Http1 = ["http/1.1"];

    public static EquatableArray<string> Alpn(TrafficMode mode) => mode == TrafficMode.Http ? Http1 : [];
}
