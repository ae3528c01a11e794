using System.Text.Json;
using System.Text.Unicode;
using CloudLb.AwsApi.Protocols.Documents;

namespace CloudLb.AwsApi.Protocols.Json;

/// <summary>Takes a JSON document apart, within the limits of any request.</summary>
internal ref struct JsonDocumentReader
{
    private const string Form = "JSON object";

    private readonly DocumentBudget _budget = new();
    private Utf8JsonReader _json;

    private JsonDocumentReader(ReadOnlySpan<byte> utf8)
    {
        // One more than is allowed, so that the error for depth is ours.
        _json = new(utf8, new JsonReaderOptions { MaxDepth = DocumentBudget.MaxDepth + 1 });
    }

    /// <summary>An empty body is an empty object.</summary>
    /// <exception cref="WireException">SerializationException for what is no JSON object; a limit is passed.</exception>
    public static JsonValue Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return new JsonValue(new Dictionary<string, DocumentValue>());
        }

        if (!Utf8.IsValid(utf8))
        {
            throw SerializationErrors.NotADocument(Form);
        }

        try
        {
            var reader = new JsonDocumentReader(utf8);
            reader._json.Read();
            var root = reader._json.TokenType == JsonTokenType.StartObject
                ? reader.Structure(1)
                : throw SerializationErrors.NotADocument(Form);
            return reader._json.Read() ? throw SerializationErrors.NotADocument(Form) : root;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for half a surrogate pair.
            throw SerializationErrors.NotADocument(Form);
        }
    }

    private JsonValue Structure(int depth)
    {
        DocumentBudget.CheckDepth(depth);
        var members = new Dictionary<string, DocumentValue>(StringComparer.Ordinal);
        HashSet<string>? absent = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _json.GetString()!;
            DocumentBudget.CheckName(name);
            _json.Read();
            if (members.ContainsKey(name) || absent?.Contains(name) == true)
            {
                throw SerializationErrors.Twice(name);
            }

            if (Value(depth) is { } value)
            {
                members.Add(name, value);
            }
            else
            {
                (absent ??= []).Add(name);
            }
        }

        return new JsonValue(members);
    }

    private JsonValue List(int depth)
    {
        DocumentBudget.CheckDepth(depth);
        var items = new List<DocumentValue>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            // A null in a list is nothing that a model of AWS's has; it is passed over, as AWS does.
            if (Value(depth) is { } value)
            {
                items.Add(value);
            }
        }

        return new JsonValue(items.ToArray());
    }

    private JsonValue? Value(int depth)
    {
        _budget.AddValue();
        return _json.TokenType switch
        {
            JsonTokenType.StartObject => Structure(depth + 1),
            JsonTokenType.StartArray => List(depth + 1),
            JsonTokenType.String => new JsonValue(_json.GetString()!),
            JsonTokenType.True => new JsonValue(true),
            JsonTokenType.False => new JsonValue(false),
            JsonTokenType.Number => Number(),
            _ => null,
        };
    }

    private readonly JsonValue Number()
    {
        if (_json.TryGetInt64(out var whole))
        {
            return new JsonValue(whole);
        }

        return _json.TryGetDouble(out var number) && double.IsFinite(number)
            ? new JsonValue(number)
            : throw SerializationErrors.NumberTooLarge();
    }
}
