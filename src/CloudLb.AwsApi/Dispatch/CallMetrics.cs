using System.Diagnostics.Metrics;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>Counts and times the calls. Both names come from us: the action is one that there is, the code one of our errors.</summary>
internal sealed class CallMetrics
{
    private const string Unknown = "unknown";

    private readonly Histogram<double> _duration;

    private readonly TimeProvider _clock;

    public CallMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _duration = meters.Create("CloudLb.AwsApi").CreateHistogram<double>(
            "cloudlb.api.call.duration", "s",
            "API calls, from the whole request until its answer is ready, by action and error code; a success has none.");
    }

    /// <summary>For <see cref="Answered"/>.</summary>
    public long Start() => _clock.GetTimestamp();

    public void Answered(ApiService? service, string? action, string? code, long started) =>
        _duration.Record(
            _clock.GetElapsedTime(started).TotalSeconds, new("action", service?.Find(action ?? "")?.Name ?? Unknown),
            new("code", code ?? ""));
}
