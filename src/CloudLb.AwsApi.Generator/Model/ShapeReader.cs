using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>Reads the model's shapes, following their references.</summary>
internal sealed class ShapeReader(JsonObject shapes)
{
    private readonly Dictionary<string, Shape> _known = [];

    /// <summary>The members of a message; none for a message that has no shape.</summary>
    public IReadOnlyList<Member> Structure(string? name) => name is null ? [] : Read(name).Members;

    /// <summary>Every error of the model; those that no operation lists can still be answered.</summary>
    public IReadOnlyList<ErrorModel> Errors() =>
        [.. shapes.Where(shape => (bool?)shape.Value!["exception"] ?? shape.Value["error"] is not null).Select(shape => Error(shape.Key))];

    /// <summary>An error without a code has its shape's name for one; without a status it is the caller's mistake, or with <c>fault</c> the service's.</summary>
    public ErrorModel Error(string name)
    {
        var node = Find(name);
        var error = node["error"];
        var status = (int?)error?["httpStatusCode"] ?? ((bool?)node["fault"] == true ? 500 : 400);
        return new ErrorModel(name, (string?)error?["code"] ?? name, status);
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
