using System.Globalization;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Requests;

/// <summary>Reads one structure of a request from its parameters and holds every member against the model.</summary>
/// <remarks>
/// A member that is absent is null. An empty value is an absent number or Boolean, or an empty list. Of names that the model does not know
/// nothing is said, as at AWS. A wrong structure ends the reading at once; broken constraints are collected (<see cref="Violations"/>).
/// </remarks>
public sealed class ParameterReader
{
    private readonly ParameterNode _node;
    private readonly ParameterReader? _parent;
    private readonly string _place;
    private readonly Violations _violations;

    private ParameterReader(ParameterNode node, ParameterReader? parent, string place, Violations violations)
    {
        _node = node;
        _parent = parent;
        _place = place;
        _violations = violations;
    }

    /// <exception cref="WireException">MalformedInput for a wrong structure, ValidationError for broken constraints.</exception>
    internal static TRequest ReadRequest<TRequest>(ParameterNode root)
        where TRequest : IRequestShape<TRequest>
    {
        if (root.Find("member") is { Children.Length: > 0 })
        {
            throw MalformedInput.ListAtTop();
        }

        var violations = new Violations();
        var request = TRequest.Read(new ParameterReader(root, null, "", violations));
        violations.ThrowIfAny();
        return request;
    }

    /// <param name="name">The member's name.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="minLength">In characters.</param>
    /// <param name="maxLength">In characters.</param>
    /// <param name="pattern">What the whole value must match.</param>
    /// <param name="isSecret">Whether an error must not repeat the value; AWS leaves it out then.</param>
    public string? String(
        string name, bool required = false, int? minLength = null, int? maxLength = null, StringPattern? pattern = null, bool isSecret = false)
    {
        var value = Scalar(name);
        if (value is null)
        {
            Require(name, required);
            return null;
        }

        var shown = isSecret ? Violations.Secret : value;
        CheckLength(name, value.Length, minLength, maxLength, shown);
        if (pattern is not null && !pattern.IsMatch(value))
        {
            _violations.Add(shown, PathOf(name), $"Member must satisfy regular expression pattern: {pattern.Text}");
        }

        return value;
    }

    public int? Int32(string name, bool required = false, int? min = null, int? max = null)
    {
        if (Scalar(name) is not { Length: > 0 } text)
        {
            Require(name, required);
            return null;
        }

        var value = ParseInt32(text, name);
        CheckRange(name, value, min, max);
        return value;
    }

    public long? Int64(string name, bool required = false, long? min = null, long? max = null)
    {
        if (Scalar(name) is not { Length: > 0 } text)
        {
            Require(name, required);
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw MalformedInput.NotA("long", text, PathOf(name));
        }

        CheckRange(name, value, min, max);
        return value;
    }

    /// <summary><c>true</c> or <c>false</c> in any case.</summary>
    public bool? Boolean(string name, bool required = false)
    {
        if (Scalar(name) is not { Length: > 0 } text)
        {
            Require(name, required);
            return null;
        }

        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : throw MalformedInput.NotA("boolean", text, PathOf(name));
    }

    /// <summary>ISO 8601 with an offset or <c>Z</c>.</summary>
    public DateTimeOffset? Timestamp(string name, bool required = false)
    {
        if (Scalar(name) is not { Length: > 0 } text)
        {
            Require(name, required);
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : throw MalformedInput.NotA("timestamp", text, PathOf(name));
    }

    public TShape? Structure<TShape>(string name, bool required = false)
        where TShape : class, IRequestShape<TShape>
    {
        var node = _node.Find(name);
        if (node is null || (node.Children.IsEmpty && node.Value is null or ""))
        {
            Require(name, required);
            return null;
        }

        return ReadStructure<TShape>(node, Place(name));
    }

    public IReadOnlyList<string>? StringList(string name, bool required = false, int? minLength = null, int? maxLength = null)
    {
        if (Items(name, required, minLength, maxLength) is not { } items)
        {
            return null;
        }

        var values = new string[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = ScalarOf(items[i]) ?? "";
        }

        return values;
    }

    public IReadOnlyList<int>? Int32List(string name, bool required = false, int? minLength = null, int? maxLength = null)
    {
        if (Items(name, required, minLength, maxLength) is not { } items)
        {
            return null;
        }

        var values = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = ParseInt32(ScalarOf(items[i]) ?? "", name);
        }

        return values;
    }

    public IReadOnlyList<TShape>? List<TShape>(string name, bool required = false, int? minLength = null, int? maxLength = null)
        where TShape : class, IRequestShape<TShape>
    {
        if (Items(name, required, minLength, maxLength) is not { } items)
        {
            return null;
        }

        var values = new TShape[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            // Coral, the framework behind AWS's query services, names an item so: tags.1.member.key
            values[i] = ReadStructure<TShape>(items[i], $"{Place(name)}.{i + 1}.member");
        }

        return values;
    }

    /// <summary>EC2's form of a list, <c>Name.1=a</c>; empty when it is absent.</summary>
    public IReadOnlyList<string> FlatStringList(string name) => [.. FlatItems(name).Select(item => ScalarOf(item) ?? "")];

    /// <summary>EC2's form of a list of structures, <c>Name.1.Member=a</c>; empty when it is absent.</summary>
    public IReadOnlyList<TShape> FlatList<TShape>(string name)
        where TShape : class, IRequestShape<TShape> =>
        [.. FlatItems(name).Select((item, index) => ReadStructure<TShape>(item, $"{Place(name)}.{index + 1}"))];

    private static string? ScalarOf(ParameterNode node)
    {
        if (!node.Children.IsEmpty)
        {
            throw node.Find("member") is null ? MalformedInput.StructureNotExpected() : MalformedInput.ListNotExpected();
        }

        return node.Value;
    }

    /// <summary>camelCase, as AWS writes it: only the first letter changes (<c>sSLCertificateId</c>).</summary>
    private static string Place(string name) => string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));

    private string? Scalar(string name) => _node.Find(name) is { } node ? ScalarOf(node) : null;

    private TShape ReadStructure<TShape>(ParameterNode node, string place)
        where TShape : class, IRequestShape<TShape>
    {
        if (node.Value is { Length: > 0 })
        {
            throw MalformedInput.ScalarForStructure();
        }

        if (node.Find("member") is not null)
        {
            throw MalformedInput.ListNotExpected();
        }

        return TShape.Read(new ParameterReader(node, this, place, _violations));
    }

    private ParameterNode[] FlatItems(string name) => _node.Find(name) is { } node ? ParameterList.FlatItemsOf(node) : [];

    private ParameterNode[]? Items(string name, bool required, int? minLength, int? maxLength)
    {
        if (_node.Find(name) is not { } node)
        {
            Require(name, required);
            return null;
        }

        var items = ParameterList.ItemsOf(node);
        if (items.Length < minLength || items.Length > maxLength)
        {
            CheckLength(name, items.Length, minLength, maxLength, ParameterList.ToText(items));
        }

        return items;
    }

    private int ParseInt32(string text, string name) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw MalformedInput.NotA("integer", text, PathOf(name));

    private void Require(string name, bool required)
    {
        if (required)
        {
            _violations.Add(null, PathOf(name), "Member must not be null");
        }
    }

    private void CheckLength(string name, int length, int? min, int? max, string value)
    {
        if (length > max)
        {
            _violations.Add(value, PathOf(name), $"Member must have length less than or equal to {max}");
        }

        if (length < min)
        {
            _violations.Add(value, PathOf(name), $"Member must have length greater than or equal to {min}");
        }
    }

    private void CheckRange(string name, long value, long? min, long? max)
    {
        if (value > max)
        {
            _violations.Add(value.ToString(CultureInfo.InvariantCulture), PathOf(name), $"Member must have value less than or equal to {max}");
        }

        if (value < min)
        {
            _violations.Add(value.ToString(CultureInfo.InvariantCulture), PathOf(name), $"Member must have value greater than or equal to {min}");
        }
    }

    /// <summary>Made only when there is something to complain about.</summary>
    private string PathOf(string name)
    {
        var path = Place(name);
        for (var reader = this; reader._parent is not null; reader = reader._parent)
        {
            path = $"{reader._place}.{path}";
        }

        return path;
    }
}
