using System.Text.Json;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Hostile;

/// <summary>The parameters of each action of the Classic API, from AWS's model, as they are named in a query.</summary>
internal static class ModelParameters
{
    private const int DeepestNesting = 6;

    /// <summary>By action: <c>HealthCheck.Target</c>, <c>Listeners.member.1.Protocol</c>; lists have one item.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OfElasticLoadBalancing { get; } = Read();

    private static Dictionary<string, IReadOnlyList<string>> Read()
    {
        var file = Path.Combine(SourceFolder.Path, "..", "..", "src", "CloudLb.Elb", "Contracts", "elasticloadbalancing-2012-06-01.json");
        using var model = JsonDocument.Parse(File.ReadAllText(file));
        var shapes = model.RootElement.GetProperty("shapes");
        return model.RootElement.GetProperty("operations").EnumerateObject().ToDictionary(
            operation => operation.Name,
            operation =>
                (IReadOnlyList<string>)[.. Leaves(shapes, operation.Value.GetProperty("input").GetProperty("shape").GetString()!, "", 0)]);
    }

    private static IEnumerable<string> Leaves(JsonElement shapes, string name, string prefix, int depth)
    {
        var shape = shapes.GetProperty(name);
        var dot = prefix.Length == 0 ? "" : ".";
        return depth == DeepestNesting ? [] : shape.GetProperty("type").GetString() switch
        {
            "structure" => shape.GetProperty("members").EnumerateObject().SelectMany(member =>
                Leaves(shapes, member.Value.GetProperty("shape").GetString()!, $"{prefix}{dot}{member.Name}", depth + 1)),
            "list" => Leaves(shapes, shape.GetProperty("member").GetProperty("shape").GetString()!, $"{prefix}.member.1", depth + 1),
            _ => [prefix],
        };
    }
}
