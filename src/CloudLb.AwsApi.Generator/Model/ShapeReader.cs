using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>Reads the model's shapes, following their references.</summary>
/// <param name="shapes">By name.</param>
/// <param name="hasDocuments">Whether the service also speaks JSON or CBOR, which do not know every name of the Query protocol.</param>
/// <param name="checksValues">Whether requests are held against the values of enumerations; EC2 has words of its own for those.</param>
internal sealed class ShapeReader(JsonObject shapes, bool hasDocuments, bool checksValues)
{
    private readonly Dictionary<string, Shape> _known = [];

    /// <summary>The members of a message; none for a message that has no shape.</summary>
    public IReadOnlyList<Member> Structure(string? name) => name is null ? [] : Read(name).Members;

    /// <summary>Every error of the model; those that no operation lists can still be answered.</summary>
    public IReadOnlyList<ErrorModel> Errors() =>
        [.. shapes.Where(shape => (bool?)shape.Value!["exception"] ?? shape.Value["error"] is not null).Select(shape => Error(shape.Key))];

    /// <summary>
    /// An error without a code has its shape's name for one; without a status it is the caller's mistake, or with <c>fault</c> the
    /// service's.
    /// </summary>
    public ErrorModel Error(string name)
    {
        var node = Find(name);
        var error = node["error"];
        var status = (int?)error?["httpStatusCode"] ?? ((bool?)node["fault"] == true ? 500 : 400);
        var details = Structure(name).Where(member => member.Name != "Message");
        return new ErrorModel(name, (string?)error?["code"] ?? name, status, [.. details]);
    }

    private JsonNode Find(string name) => shapes[name] ?? throw new InvalidDataException($"The model has no shape {name}.");

    private Shape Read(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var node = Find(name);
        if (node["timestampFormat"] is not null)
        {
            throw new InvalidDataException($"The timestamp {name} has a form of its own, which is not supported.");
        }

        var shape = new Shape
        {
            Name = name,
            Kind = KindOf(name, (string)node["type"]!),
            Min = (decimal?)node["min"],
            Max = (decimal?)node["max"],
            Pattern = (string?)node["pattern"],
            Values = checksValues ? [.. (node["enum"]?.AsArray() ?? []).Select(value => (string)value!)] : [],
            IsSensitive = (bool?)node["sensitive"] ?? false,
            IsFlat = (bool?)node["flattened"] ?? false,
            ItemName = (string?)node["member"]?["locationName"],
            KeyName = (string?)node["key"]?["locationName"],
            ValueName = (string?)node["value"]?["locationName"],
        };

        // Known before its parts are, of which it may be one.
        _known.Add(name, shape);
        shape.Members = ReadMembers(name, node);
        shape.Item = (node["member"] ?? node["value"]) is { } item ? Read((string)item["shape"]!) : null;
        shape.Key = node["key"] is { } key ? Read((string)key["shape"]!) : null;
        Check(shape);
        return shape;
    }

    private static void Check(Shape shape)
    {
        if (shape.Kind == ShapeKind.Map && shape.Key!.Kind != ShapeKind.String)
        {
            throw new InvalidDataException($"The map {shape.Name} has keys that are no texts, which is not supported.");
        }

        if (
            shape.Item is { Item: { } inner } outer && (
                outer.HasConstraints || inner is { HasConstraints: true, Kind: not ShapeKind.Structure } || outer.IsFlat))
        {
            throw new InvalidDataException(
                $"{shape.Name} holds lists or maps with constraints or without an element of their own, which is not supported.");
        }
    }

    private IReadOnlyList<Member> ReadMembers(string structure, JsonNode node)
    {
        var required = (node["required"]?.AsArray() ?? []).Select(member => (string)member!).ToHashSet();
        return [.. (node["members"]?.AsObject() ?? []).Select(member => ReadMember(structure, member.Key, member.Value!, required))];
    }

    private Member ReadMember(string structure, string name, JsonNode member, HashSet<string> required)
    {
        if (member["timestampFormat"] is not null || member["location"] is not null)
        {
            throw new InvalidDataException($"The member {name} stands in a place or has a form of its own, which is not supported.");
        }

        var shape = Read((string)member["shape"]!);
        return new Member(
            Names.Property(name, structure),
            WireName(name, member, shape),
            required.Contains(name),
            (bool?)member["idempotencyToken"] ?? false,
            shape)
        {
            HasOtherNameInRequests = (string?)member["queryName"] is { } query
                && query != Names.Capital((string?)member["locationName"] ?? name),
        };
    }

    /// <summary>
    /// A list without an element of its own has its items' name, if they have one. EC2's requests may have another than its answers.
    /// </summary>
    private string WireName(string name, JsonNode member, Shape shape)
    {
        var own = (string?)member["queryName"] ?? (string?)member["locationName"] ?? name;
        if (shape is not { Kind: ShapeKind.List, IsFlat: true, ItemName: { } item })
        {
            return own;
        }

        return hasDocuments && item != own
            ? throw new InvalidDataException(
                $"The list {name} has another name in JSON and CBOR than in the Query protocol, which is not supported.")
            : item;
    }

    private static ShapeKind KindOf(string shape, string type) => type switch
    {
        "string" or "character" => ShapeKind.String,
        "integer" or "short" or "byte" => ShapeKind.Int32,
        "long" => ShapeKind.Int64,
        "double" or "float" => ShapeKind.Double,
        "boolean" => ShapeKind.Boolean,
        "timestamp" => ShapeKind.Timestamp,
        "blob" => ShapeKind.Blob,
        "structure" => ShapeKind.Structure,
        "list" => ShapeKind.List,
        "map" => ShapeKind.Map,
        _ => throw new InvalidDataException($"The shape {shape} is of the type {type}, which is not supported."),
    };
}
