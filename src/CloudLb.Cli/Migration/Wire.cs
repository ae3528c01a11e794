using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration;

/// <summary>
/// Looks into JSON that others have written: what is not there, or of another type, is nothing. Whether a call is right says its contract.
/// </summary>
internal static class Wire
{
    public static JsonNode? Of(JsonNode? node, string name) => node is JsonObject found ? found[name] : null;

    /// <summary>A scalar as text, numbers and truths as AWS writes them; null for whatever is none.</summary>
    public static string? Text(JsonNode? node) => node is not JsonValue value
        ? null
        : value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        };

    public static string? Text(JsonNode? node, string name) => Text(Of(node, name));

    public static bool IsTrue(JsonNode? node, string name) =>
        string.Equals(Text(node, name), "true", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<JsonObject> Items(JsonNode? node, string name) =>
        Of(node, name) is JsonArray list ? list.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(JsonNode? node, string name) =>
        Of(node, name) is JsonArray list ? list.Select(Text).OfType<string>() : [];

    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    public static JsonArray List(IEnumerable<JsonNode> nodes) => [.. nodes.Select(node => node.DeepClone())];

    /// <summary>The members of these names that are there, copied.</summary>
    public static JsonObject Only(JsonNode? node, params IEnumerable<string> names)
    {
        var only = new JsonObject();
        foreach (var name in names.Where(name => Of(node, name) is not null))
        {
            only[name] = Of(node, name)!.DeepClone();
        }

        return only;
    }

    /// <summary>The same with every text replaced that stands in the table; other members are as they were.</summary>
    public static JsonNode? Replaced(JsonNode? node, IReadOnlyDictionary<string, string> table) => node switch
    {
        JsonObject found => new JsonObject(found.Select(
            member => KeyValuePair.Create(member.Key, Replaced(member.Value, table)))),
        JsonArray list => new JsonArray([.. list.Select(item => Replaced(item, table))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && table.TryGetValue(value.GetValue<string>(), out var other) =>
            other,
        _ => node?.DeepClone(),
    };

    /// <summary>All texts in it, at any depth.</summary>
    public static IEnumerable<string> AllTexts(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => AllTexts(member.Value)),
        JsonArray list => list.SelectMany(AllTexts),
        _ => Text(node) is { } text ? [text] : [],
    };

    /// <summary>For comparing what was given with what is described: scalars as text, members and items in one order.</summary>
    public static string Canonical(JsonNode? node) => node switch
    {
        JsonObject found => "{" + string.Join(
            ',', found.Where(member => member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => $"{member.Key}:{Canonical(member.Value)}")) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Canonical).Order(StringComparer.Ordinal)) + "]",
        _ => JsonSerializer.Serialize(Text(node)),
    };
}
