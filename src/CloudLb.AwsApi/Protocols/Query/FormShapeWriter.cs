using System.Globalization;
using System.Text;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>Writes the members of a request as form parameters, the way AWS's own clients do. Null is left out; an empty list is <c>Name=</c>.</summary>
public sealed class FormShapeWriter
{
    private readonly StringBuilder _parameters;
    private readonly string _prefix;

    public FormShapeWriter(StringBuilder parameters)
        : this(parameters, "")
    {
    }

    private FormShapeWriter(StringBuilder parameters, string prefix)
    {
        _parameters = parameters;
        _prefix = prefix;
    }

    public void String(string name, string? value)
    {
        if (value is not null)
        {
            _parameters.Append(_parameters.Length > 0 ? "&" : "").Append(_prefix).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    public void Int32(string name, int? value) => Int64(name, value);

    public void Int64(string name, long? value) => String(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Boolean(string name, bool? value) => String(name, value switch { null => null, true => "true", false => "false" });

    public void Timestamp(string name, DateTimeOffset? value) => String(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public void Structure<TShape>(string name, TShape? value)
        where TShape : class, IRequestShape<TShape> => value?.Write(new FormShapeWriter(_parameters, $"{_prefix}{name}."));

    public void StringList(string name, IReadOnlyList<string>? values) => Items(name, values, static (writer, place, value) => writer.String(place, value));

    public void Int32List(string name, IReadOnlyList<int>? values) => Items(name, values, static (writer, place, value) => writer.Int32(place, value));

    public void List<TShape>(string name, IReadOnlyList<TShape>? values)
        where TShape : class, IRequestShape<TShape> => Items(name, values, static (writer, place, value) => writer.Structure(place, value));

    /// <summary>EC2's form of a list, <c>Name.1=a</c>; nothing when it is empty.</summary>
    public void FlatStringList(string name, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            String($"{name}.{i + 1}", values[i]);
        }
    }

    /// <summary>EC2's form of a list of structures, <c>Name.1.Member=a</c>; nothing when it is empty.</summary>
    public void FlatList<TShape>(string name, IReadOnlyList<TShape> values)
        where TShape : class, IRequestShape<TShape>
    {
        for (var i = 0; i < values.Count; i++)
        {
            Structure($"{name}.{i + 1}", values[i]);
        }
    }

    private void Items<T>(string name, IReadOnlyList<T>? values, Action<FormShapeWriter, string, T> write)
    {
        if (values is { Count: 0 })
        {
            String(name, "");
        }

        for (var i = 0; i < values?.Count; i++)
        {
            write(this, $"{name}.member.{i + 1}", values[i]);
        }
    }
}
