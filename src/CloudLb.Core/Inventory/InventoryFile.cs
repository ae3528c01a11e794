using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Reads <c>inventory.json</c>: an object whose members are instance ids, each with an address and, if known, a zone:
/// <c>{ "i-0a1": { "address": "10.0.0.5", "zone": "us-east-1a" } }</c>. An address alone may stand in place of the object.
/// </summary>
public static class InventoryFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Throws <see cref="InventoryFileException"/>, which says what is wrong where, when the text is not an inventory.</summary>
    public static FrozenDictionary<string, InventoryInstance> Parse(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutByteOrderMark(utf8), Lenient);
            var instances = new Dictionary<string, InventoryInstance>();
            foreach (var member in Members(document.RootElement, "the file must be a JSON object", path))
            {
                if (!instances.TryAdd(member.Name, Instance(member.Name, member.Value, path)))
                {
                    throw new InventoryFileException($"{path}: '{member.Name}' is listed twice.");
                }
            }

            return instances.ToFrozenDictionary();
        }
        catch (JsonException exception)
        {
            throw new InventoryFileException($"{path} is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that it cannot turn into a string.
            throw new InventoryFileException($"{path} is not valid JSON: a text in it is not Unicode; save it as UTF-8.");
        }
    }

    private static InventoryInstance Instance(string id, JsonElement value, string path)
    {
        if (!InstanceId.IsListable(id))
        {
            throw new InventoryFileException($"{path}: '{id}' is not an instance id; one consists of letters, digits and -_.: only.");
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return new(id, Address(id, value, path), null);
        }

        IPAddress? address = null;
        string? zone = null;
        foreach (var member in Members(value, $"'{id}' must be an address or a JSON object", path))
        {
            switch (member.Name)
            {
                case "address":
                    address = Address(id, member.Value, path);
                    break;
                case "zone":
                    zone = Zone(id, member.Value, path);
                    break;
                default:
                    throw new InventoryFileException($"{path}: '{id}' has a member '{member.Name}', which means nothing here; known are address and zone.");
            }
        }

        return new(id, address ?? throw new InventoryFileException($"{path}: '{id}' has no address."), zone);
    }

    private static IPAddress Address(string id, JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String && InstanceId.TryParseAddress(value.GetString()!, out var address)
            ? address
            : throw new InventoryFileException($"{path}: the address of '{id}' must be an IPv4 or IPv6 address that traffic can be sent to.");

    private static string? Zone(string id, JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.GetString() is { } zone && IsZoneName(zone) => zone,
        _ => throw new InventoryFileException($"{path}: the zone of '{id}' must be a name such as us-east-1a; leave it out when it is not known."),
    };

    private static bool IsZoneName(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string demand, string path) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new InventoryFileException($"{path}: {demand}.");

    /// <summary>Some editors begin a file with a byte order mark, which JSON has no place for.</summary>
    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
}
