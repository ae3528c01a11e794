using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>Health checks in an operator's words.</summary>
internal static class CheckWords
{
    /// <summary>What is asked, how often and how patiently, in one line.</summary>
    public static string Settings(HealthCheck check) =>
        $"{check.Protocol}:{check.PortText()}{check.Path} every {check.IntervalSeconds} s, {check.TimeoutSeconds} s for an answer, " +
        $"{check.HealthyThreshold} passes bring a target in, {check.UnhealthyThreshold} failures take it out";
}
