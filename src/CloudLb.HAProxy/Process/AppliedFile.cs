using System.Text;
using System.Text.Json;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Planning;

namespace CloudLb.HAProxy.Process;

/// <summary>
/// Which process a cell runs and the plan that it serves, so that the next CloudLb finds both: a JSON object a line, the process first and then a load
/// balancer each.
/// </summary>
internal static class AppliedFile
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new IPAddressJsonConverter() } };

    public static string LineOf(PlannedLoadBalancer loadBalancer) => JsonSerializer.Serialize(loadBalancer, Options);

    public static void Write(string path, AppliedProcess process, IEnumerable<string> loadBalancers)
    {
        var text = new StringBuilder(JsonSerializer.Serialize(process, Options)).Append('\n');
        foreach (var line in loadBalancers)
        {
            text.Append(line).Append('\n');
        }

        PrivateFile.Write(path, text.ToString(), isDurable: false);
    }

    /// <summary>Null when there is none, or none that can be read: the cell begins anew then.</summary>
    public static (AppliedProcess Process, IReadOnlyList<PlannedLoadBalancer> LoadBalancers)? Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            var loadBalancers = lines.Skip(1).Select(line => JsonSerializer.Deserialize<PlannedLoadBalancer>(line, Options)).OfType<PlannedLoadBalancer>().ToList();
            return lines.Length > 0 && JsonSerializer.Deserialize<AppliedProcess>(lines[0], Options) is { } process
                && loadBalancers.Count == lines.Length - 1 && loadBalancers.DistinctBy(loadBalancer => loadBalancer.Key).Count() == loadBalancers.Count
                ? (process, loadBalancers)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
