using System.Globalization;
using System.Text;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>
/// Writes members as form parameters, the way AWS's own clients do: <c>Name.member.1=a</c>, <c>Name=</c> for an empty list. In EC2's form
/// names are in
/// capitals, lists have no word between, and empty ones are left out.
/// </summary>
internal sealed class FormShapeWriter(StringBuilder parameters, bool isEc2 = false) : ShapeWriter
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>What stands before the next name, up to and with its full stop.</summary>
    private readonly StringBuilder _prefix = new();
    private readonly Stack<int> _prefixLengths = new();

    public override void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            parameters.Append(parameters.Length > 0 ? "&" : "")
                .Append(_prefix).Append(Name(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    public override void Int64(ReadOnlySpan<byte> name, long? value) => String(name, value?.ToString(CultureInfo.InvariantCulture));

    public override void Double(ReadOnlySpan<byte> name, double? value) => String(name, value is { } number ? DoubleText.Of(number) : null);

    public override void Boolean(ReadOnlySpan<byte> name, bool? value) =>
        String(name, value switch { null => null, true => "true", false => "false" });

    public override void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value) =>
        String(name, value?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    public override void Blob(ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? value) =>
        String(name, value is { } blob ? Convert.ToBase64String(blob.Span) : null);

    internal override void BeginStructure(ReadOnlySpan<byte> name) => Push(Name(name));

    internal override void EndStructure(ReadOnlySpan<byte> name) => Pop();

    private protected override void BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> item, int count, bool isFlat)
    {
        if (count == 0 && !isEc2)
        {
            String(name, "");
        }

        Push(Name(name));
        if (!isFlat && !isEc2)
        {
            _prefix.Append(Encoding.UTF8.GetString(item)).Append('.');
        }
    }

    private protected override void EndList(ReadOnlySpan<byte> name, bool isFlat) => Pop();

    private protected override ReadOnlySpan<byte> ItemName(ReadOnlySpan<byte> item, int index) => Number(index);

    private protected override void BeginMap(ReadOnlySpan<byte> name, int count, in MapForm form)
    {
        if (count == 0 && !isEc2)
        {
            String(name, "");
        }

        Push(Name(name));
        if (!form.IsFlat)
        {
            _prefix.Append("entry.");
        }
    }

    private protected override ReadOnlySpan<byte> BeginEntry(ReadOnlySpan<byte> name, string key, int index, in MapForm form)
    {
        Push(Name(Number(index)));
        String(Encoding.UTF8.GetBytes(form.KeyName), key);
        return Encoding.UTF8.GetBytes(form.ValueName);
    }

    private protected override void EndEntry(ReadOnlySpan<byte> name, in MapForm form) => Pop();

    private protected override void EndMap(ReadOnlySpan<byte> name, in MapForm form) => Pop();

    private static byte[] Number(int index) => Encoding.UTF8.GetBytes((index + 1).ToString(CultureInfo.InvariantCulture));

    private string Name(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        return isEc2 ? ParameterNode.InCapitals(text) : text;
    }

    private void Push(string name)
    {
        _prefixLengths.Push(_prefix.Length);
        _prefix.Append(name).Append('.');
    }

    private void Pop() => _prefix.Length = _prefixLengths.Pop();
}
