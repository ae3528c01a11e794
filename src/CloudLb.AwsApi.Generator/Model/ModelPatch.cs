using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>One thing that the model gets wrong.</summary>
/// <param name="Path">Where, as names with <c>/</c> before each: <c>/shapes/IdleTimeout/max</c>.</param>
/// <param name="Value">What to put there; null takes the place away.</param>
/// <param name="Reason">How we know.</param>
internal sealed record ModelPatch(string Path, JsonNode? Value, string Reason)
{
    public static IReadOnlyList<ModelPatch> ReadAll(string file) =>
        [.. JsonNode.Parse(File.ReadAllText(file))!.AsArray().Select(patch => Read(patch!.AsObject()))];

    /// <exception cref="InvalidDataException">The model has no such place: the patch is out of date.</exception>
    public void ApplyTo(JsonNode model)
    {
        var names = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var place = model;
        foreach (var name in names[..^1])
        {
            place = place[name] ?? throw new InvalidDataException($"The patch {Path} finds no '{name}' in the model.");
        }

        if (Value is null)
        {
            place.AsObject().Remove(names[^1]);
        }
        else
        {
            place[names[^1]] = Value.DeepClone();
        }
    }

    private static ModelPatch Read(JsonObject patch)
    {
        var path = (string?)patch["path"] ?? throw new InvalidDataException("A patch has no path.");
        var reason = (string?)patch["reason"] ?? throw new InvalidDataException($"The patch {path} has no reason.");
        return new ModelPatch(path, patch["value"], reason);
    }
}
