using System.Globalization;
using System.Text;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>
/// A value of a document, JSON or CBOR: a structure or map, a list, or one value of a type that the document itself says.
/// </summary>
/// <param name="content">
/// <c>Dictionary&lt;string, DocumentValue&gt;</c>, <c>DocumentValue[]</c>, or a string, a long, a double, a bool, a <c>byte[]</c>, a
/// <c>DateTimeOffset</c>. No value is null:
/// who sends a null means an absent member.
/// </param>
internal abstract class DocumentValue(object content) : WireValue
{
    /// <summary>Characters of a list in a message; more are cut there anyway.</summary>
    private const int MaxTold = 4096;

    public object Content { get; } = content;

    public override string? Scalar => Content switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => DoubleText.Of(number),
        byte[] blob => Convert.ToBase64String(blob),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public override WireValue? Member(string name, bool isFlat = false) =>
        Content is Dictionary<string, DocumentValue> members ? members.GetValueOrDefault(name) : null;

    public override string? Text() => Content as string ?? throw SerializationErrors.NotConvertible(Content, "String");

    public override bool TryInt64(out long value)
    {
        value = Content is long number ? number : 0;
        return Content is long;
    }

    public override bool TryDouble(out double value)
    {
        switch (Content)
        {
            case double number:
                value = number;
                return true;

            case long whole:
                value = whole;
                return true;

            default:
                return DoubleText.TryParseName(Content as string ?? "", out value);
        }
    }

    public override bool TryBoolean(out bool value)
    {
        value = Content is true;
        return Content is bool;
    }

    public override void ExpectStructure()
    {
        if (Content is not Dictionary<string, DocumentValue>)
        {
            throw SerializationErrors.NotConvertible(Content, "Structure");
        }
    }

    public override IReadOnlyList<WireValue> Items(in ListForm form) =>
        Content as DocumentValue[] ?? throw SerializationErrors.NotConvertible(Content, "List");

    public override IReadOnlyList<KeyValuePair<string, WireValue>> Entries(in MapForm form) =>
        Content is Dictionary<string, DocumentValue> entries
        ? [.. entries.Select(entry => KeyValuePair.Create(entry.Key, (WireValue)entry.Value))]
        : throw SerializationErrors.NotConvertible(Content, "Map");

    public override string Told(in ListForm form)
    {
        var text = new StringBuilder();
        Tell(text);
        return text.ToString();
    }

    public override WireException NotA(string type, string path) => SerializationErrors.NotConvertible(Content, type, path);

    /// <summary>As parameters of the Query protocol, for what is written down of a call.</summary>
    public void Flatten(string prefix, List<KeyValuePair<string, string>> parameters)
    {
        switch (Content)
        {
            case Dictionary<string, DocumentValue> members:
                foreach (var (name, value) in members)
                {
                    value.Flatten(prefix.Length > 0 ? $"{prefix}.{name}" : name, parameters);
                }

                break;

            case DocumentValue[] items:
                for (var i = 0; i < items.Length; i++)
                {
                    items[i].Flatten(string.Create(CultureInfo.InvariantCulture, $"{prefix}.member.{i + 1}"), parameters);
                }

                break;

            default:
                parameters.Add(new(prefix, Scalar ?? ""));
                break;
        }
    }

    /// <remarks>Recursion ends at the depth that was read.</remarks>
    private void Tell(StringBuilder text)
    {
        var separator = "";
        switch (Content)
        {
            case Dictionary<string, DocumentValue> members:
                text.Append('{');
                foreach (var (name, value) in members.TakeWhile(_ => text.Length < MaxTold))
                {
                    text.Append(separator).Append(name).Append('=');
                    value.Tell(text);
                    separator = ", ";
                }

                text.Append('}');
                break;

            case DocumentValue[] items:
                text.Append('[');
                foreach (var item in items.TakeWhile(_ => text.Length < MaxTold))
                {
                    text.Append(separator);
                    item.Tell(text);
                    separator = ", ";
                }

                text.Append(']');
                break;

            default:
                text.Append(Scalar);
                break;
        }
    }
}
