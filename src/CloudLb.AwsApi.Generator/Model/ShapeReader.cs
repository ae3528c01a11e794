using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>Reads the model's shapes, following their references.</summary>
internal sealed class ShapeReader(JsonObject shapes)
{
    private readonly Dictionary<string, Shape> _known = [];

    /// <summary>The members of a message; none for a message that has no shape.</summary>
    public IReadOnlyList<Member> Structure(string? name) => name is null ? [] : Read(name).Members;

    public ErrorModel Error(string name)
    {
        var error = Find(name)["error"] ?? throw new InvalidDataException($"The shape {name} is listed as an error and has no error code.");
        return new ErrorModel((string)error["code"]!, (int)error["httpStatusCode"]!);
    }

    private JsonNode Find(string name) => shapes[name] ?? throw new InvalidDataException($"The model has no shape {name}.");

    private Shape Read(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var node = Find(name);
        var shape = new Shape
        {
            Name = name,
            Kind = KindOf(name, (string)node["type"]!),
            Min = (long?)node["min"],
            Max = (long?)node["max"],
            Pattern = (string?)node["pattern"],
            IsSensitive = (bool?)node["sensitive"] ?? false,
            Members = ReadMembers(name, node),
            Item = node["member"] is { } item ? Read((string)item["shape"]!) : null,
        };

        if (shape.Item is { HasConstraints: true, Kind: not ShapeKind.Structure })
        {
            throw new InvalidDataException($"The list {name} has constraints on its scalar members, which the reader of requests does not check yet.");
        }

        _known.Add(name, shape);
        return shape;
    }

    private IReadOnlyList<Member> ReadMembers(string name, JsonNode node)
    {
        var required = (node["required"]?.AsArray() ?? []).Select(member => (string)member!).ToHashSet();
        return [.. (node["members"]?.AsObject() ?? []).Select(member => ReadMember(name, member.Key, member.Value!, required))];
    }

    private Member ReadMember(string structure, string name, JsonNode member, HashSet<string> required) => member["locationName"] is null
        ? new Member(name, required.Contains(name), Read((string)member["shape"]!))
        : throw new InvalidDataException($"The member {structure}.{name} has another name on the wire, which is not supported.");

    private static ShapeKind KindOf(string shape, string type) => type switch
    {
        "string" => ShapeKind.String,
        "integer" => ShapeKind.Int32,
        "long" => ShapeKind.Int64,
        "boolean" => ShapeKind.Boolean,
        "timestamp" => ShapeKind.Timestamp,
        "structure" => ShapeKind.Structure,
        "list" => ShapeKind.List,
        _ => throw new InvalidDataException($"The shape {shape} is of the type {type}, which is not supported."),
    };
}
