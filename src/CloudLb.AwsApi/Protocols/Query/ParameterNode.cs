using System.Globalization;
using System.Runtime.InteropServices;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>
/// Parameters as a tree: <c>Tags.member.1.Key=a</c> is the node <c>Tags</c>, in it <c>member</c>, in it <c>1</c>, in it <c>Key</c> with a
/// value.
/// </summary>
internal sealed class ParameterNode(string name, bool isEc2 = false) : WireValue
{
    /// <summary>
    /// The deepest name in the models that are served has 9 parts; a deeper one than this names nothing, and costs nothing.
    /// </summary>
    public const int MaxDepth = 16;

    /// <summary>Up to here a look along the list is cheaper than a dictionary.</summary>
    private const int FewChildren = 8;

    /// <summary>Null where there are none, as in most.</summary>
    private List<ParameterNode>? _children;
    private Dictionary<string, ParameterNode>? _byName;

    public string Name { get; } = name;

    /// <summary>Null when the name was sent only as the beginning of longer ones.</summary>
    public string? Value { get; private set; }

    public ReadOnlySpan<ParameterNode> Children => CollectionsMarshal.AsSpan(_children);

    public override string? Scalar => Value;

    public override bool IsEmpty => _children is null && Value is null or "";

    /// <summary>EC2's form has no word between a list's name and the numbers.</summary>
    public override string ItemStep => isEc2 ? "" : ".member";

    /// <param name="parameters">Their names as they came.</param>
    /// <param name="isEc2">Whether they are in EC2's form: names in capitals, numbers right behind a list's name.</param>
    /// <exception cref="WireException">They would have more nodes than any call needs.</exception>
    public static ParameterNode Root(IEnumerable<KeyValuePair<string, string>> parameters, bool isEc2 = false)
    {
        var root = new ParameterNode("", isEc2);
        var nodes = 0;
        foreach (var (name, value) in parameters)
        {
            root.Add(name, value, ref nodes);
            if (nodes > RequestLimits.MaxNameParts)
            {
                throw new WireException(RequestErrors.TooManyNameParts);
            }
        }

        return root;
    }

    public ParameterNode? Find(ReadOnlySpan<char> name)
    {
        if (_byName is not null)
        {
            return _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
        }

        foreach (var child in Children)
        {
            if (name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>EC2's models have the answers' names; its requests' begin with a capital.</summary>
    public static string InCapitals(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0])
            ? string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1))
            : name;

    public override WireValue? Member(string name, bool isFlat = false) => Find(isEc2 ? InCapitals(name) : name);

    public override string? Text()
    {
        if (_children is not null)
        {
            throw Find("member") is null ? MalformedInput.StructureNotExpected() : MalformedInput.ListNotExpected();
        }

        return Value;
    }

    public override bool TryInt64(out long value) =>
        long.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public override bool TryDouble(out double value) => DoubleText.TryParse(Text() ?? "", out value);

    /// <summary><c>true</c> or <c>false</c> in any case.</summary>
    public override bool TryBoolean(out bool value)
    {
        var text = Text();
        value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return value || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>ISO 8601 with an offset or <c>Z</c>.</summary>
    public override bool TryTimestamp(out DateTimeOffset value) =>
        DateTimeOffset.TryParse(Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    public override bool TryBlob(out ReadOnlyMemory<byte> value) => Base64.TryDecode(Text() ?? "", out value);

    public override void ExpectMessage()
    {
        if (Find("member") is ParameterNode { Children.Length: > 0 })
        {
            throw MalformedInput.ListAtTop();
        }
    }

    public override void ExpectStructure()
    {
        if (Value is { Length: > 0 })
        {
            throw MalformedInput.ScalarForStructure();
        }

        if (Find("member") is not null)
        {
            throw MalformedInput.ListNotExpected();
        }
    }

    public override IReadOnlyList<WireValue> Items(in ListForm form) =>
        form.IsFlat || isEc2 ? ParameterList.FlatItemsOf(this) : ParameterList.ItemsOf(this, form.Item ?? "member");

    public override IReadOnlyList<KeyValuePair<string, WireValue>> Entries(in MapForm form)
    {
        var entries = form.IsFlat || isEc2 ? ParameterList.FlatItemsOf(this) : ParameterList.ItemsOf(this, "entry");
        var values = new KeyValuePair<string, WireValue>[entries.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (key, value) = (entries[i].Member(form.KeyName), entries[i].Member(form.ValueName));
            values[i] = KeyValuePair.Create(
                key?.Text() ?? throw MalformedInput.EntryWithoutKey(), value ?? new ParameterNode(form.ValueName, isEc2));
        }

        return values;
    }

    public override string Told(in ListForm form) =>
        ParameterList.ToText(form.IsFlat || isEc2 || Children.IsEmpty ? Numbered() : Children[0].Numbered());

    public override WireException NotA(string type, string path) => MalformedInput.NotA(type, Value ?? "", path);

    /// <summary>The children in the order of their numbers.</summary>
    private ReadOnlySpan<ParameterNode> Numbered() => ParameterList.FlatItemsOf(this);

    private void Add(ReadOnlySpan<char> name, string value, ref int nodes)
    {
        if (name.Count('.') >= MaxDepth)
        {
            return;
        }

        var node = this;
        foreach (var part in name.Split('.'))
        {
            node = node.FindOrAdd(name[part], ref nodes);
        }

        // The first of two wins, as for the signature's own parameters in a query string. What AWS does for others is not known.
        node.Value ??= value;
    }

    private ParameterNode FindOrAdd(ReadOnlySpan<char> name, ref int nodes)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        var child = new ParameterNode(name.ToString(), isEc2);
        nodes++;
        _children ??= new(capacity: 1);
        _children.Add(child);
        if (_byName is not null)
        {
            _byName.Add(child.Name, child);
        }
        else if (_children.Count > FewChildren)
        {
            _byName = _children.ToDictionary(known => known.Name, StringComparer.Ordinal);
        }

        return child;
    }
}
