using System.Net;
using CloudLb.Core.Targets;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the networks where instances may be.</summary>
internal static class TargetSettingRules
{
    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(TargetOptions options) => new[]
    {
        (Name: nameof(TargetOptions.Allowed), Networks: options.Allowed), (Name: nameof(TargetOptions.Forbidden), Networks: options.Forbidden),
    }
    .SelectMany(list => list.Networks.Where(text => !IPNetwork.TryParse(text, out _)).Select(
        text => $"{TargetOptions.Section}:{list.Name} has '{text}', which is no network; one is written 10.0.0.0/8, 192.0.2.7/32 or fd00::/8."));
}
