using CloudLb.Core.Traffic.Planning;

namespace CloudLb.ElbV2.Planning;

/// <summary>What load balancers answer by themselves: as long as a process has one style of answers, that of Classic ones.</summary>
internal static class OwnAnswers
{
    public static readonly PlannedAnswers All = new("elb",
    [
        new(400, "BAD_REQUEST"),
        new(408, "REQUEST_TIMEOUT"),
        new(502, "BAD_GATEWAY"),
        new(503, "Service Unavailable: Back-end server is at capacity"),
        new(504, "GATEWAY_TIMEOUT"),
    ]);
}
