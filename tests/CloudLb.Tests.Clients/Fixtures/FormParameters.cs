using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CloudLb.AwsApi;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Reads a form as the parameters that a client would have to be given to send it.</summary>
internal static class FormParameters
{
    private static readonly JsonSerializerOptions FromText = new()
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TextAsBoolean() },
    };

    private static readonly JsonSerializerOptions Plain = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="operation">Whose contract says what is a number.</param>
    public static string ToJson(OperationContract operation, string form)
    {
        var root = new JsonObject();
        foreach (var parameter in form
            .Split('&')
            .Select(parameter => parameter.Split('=', 2))
            .Where(parameter => parameter[0] is not ("Action" or "Version")))
        {
            Add(root, parameter[0].Split('.'), Uri.UnescapeDataString(parameter[1]));
        }

        var type = operation.GetType().GetGenericArguments()[0];
        return JsonSerializer.Serialize(JsonSerializer.Deserialize(Lists(root), type, FromText), type, Plain);
    }

    private static void Add(JsonObject parent, ReadOnlySpan<string> path, string value)
    {
        if (path.Length == 1)
        {
            parent[path[0]] = value;
            return;
        }

        if (parent[path[0]] is not JsonObject child)
        {
            parent[path[0]] = child = [];
        }

        Add(child, path[1..], value);
    }

    /// <summary>Turns <c>{"member": {"1": a, "2": b}}</c> into <c>[a, b]</c>.</summary>
    private static JsonNode? Lists(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } list when list["member"] is JsonObject members =>
            new JsonArray([.. members.Select(member => Lists(member.Value))]),
        JsonObject structure => new JsonObject(structure.Select(member => KeyValuePair.Create(member.Key, Lists(member.Value)))),
        _ => node?.DeepClone(),
    };

    private sealed class TextAsBoolean : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            bool.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
