using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Elb.Planning;

/// <summary>What Classic load balancers answer by themselves: AWS's reason phrases, and no body.</summary>
internal static class ClassicAnswers
{
    /// <summary>Another name for other answers, whose files bear it.</summary>
    private const string Style = "elb";

    public static readonly PlannedAnswers All = new(Style,
    [
        new(400, "BAD_REQUEST"),
        new(408, "REQUEST_TIMEOUT"),
        new(502, "BAD_GATEWAY"),
        new(503, "Service Unavailable: Back-end server is at capacity"),
        new(504, "GATEWAY_TIMEOUT"),
    ]);
}
