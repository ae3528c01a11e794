using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Applied;

/// <summary>
/// Which process a cell runs and the plan that it serves, so that the next CloudLb finds both: a JSON object a line, the process first and
/// then a load balancer each (<see cref="AppliedLoadBalancer"/>).
/// </summary>
internal static class AppliedFile
{
    /// <summary>The form of the releases that wrote no version, and of this one: what came since can be absent.</summary>
    public const int FirstVersion = 1;

    /// <summary>The form that is written. A file with a later one is not read: the cell begins anew then.</summary>
    public const int Version = FirstVersion;

    private static readonly AppliedJson Json = new(new JsonSerializerOptions
    {
        Converters = { new IPAddressJsonConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    });

    public static string LineOf(PlannedLoadBalancer loadBalancer) =>
        JsonSerializer.Serialize(loadBalancer.ToApplied(), Json.AppliedLoadBalancer);

    public static void Write(string path, AppliedProcess process, IEnumerable<string> loadBalancers)
    {
        var text = new StringBuilder(JsonSerializer.Serialize(process with { Version = Version }, Json.AppliedProcess)).Append('\n');
        foreach (var line in loadBalancers)
        {
            text.Append(line).Append('\n');
        }

        PrivateFile.Write(path, text, isDurable: false);
    }

    /// <summary>Null when there is none, or none that can be read: the cell begins anew then.</summary>
    public static (AppliedProcess Process, IReadOnlyList<PlannedLoadBalancer> LoadBalancers)? Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            if (lines.Length == 0 || JsonSerializer.Deserialize(lines[0], Json.AppliedProcess) is not { Version: <= Version } process)
            {
                return null;
            }

            var loadBalancers = lines.Skip(1)
                .Select(line => JsonSerializer.Deserialize(line, Json.AppliedLoadBalancer) ?? throw new JsonException("A line is empty."))
                .Select(AppliedMapping.ToPlan).ToList();
            return loadBalancers.DistinctBy(loadBalancer => loadBalancer.Id).Count() == loadBalancers.Count
                ? (process, loadBalancers)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
