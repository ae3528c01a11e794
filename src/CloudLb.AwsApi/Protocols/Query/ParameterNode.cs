using System.Runtime.InteropServices;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>Parameters as a tree: <c>Tags.member.1.Key=a</c> is the node <c>Tags</c>, in it <c>member</c>, in it <c>1</c>, in it <c>Key</c> with a value.</summary>
internal sealed class ParameterNode(string name)
{
    /// <summary>The deepest name in the models that are served has 5 parts; a deeper one than this names nothing, and costs nothing.</summary>
    public const int MaxDepth = 16;

    /// <summary>Up to here a look along the list is cheaper than a dictionary.</summary>
    private const int FewChildren = 8;

    private readonly List<ParameterNode> _children = [];
    private Dictionary<string, ParameterNode>? _byName;

    public string Name { get; } = name;

    /// <summary>Null when the name was sent only as the beginning of longer ones.</summary>
    public string? Value { get; private set; }

    public ReadOnlySpan<ParameterNode> Children => CollectionsMarshal.AsSpan(_children);

    public static ParameterNode Root(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var root = new ParameterNode("");
        foreach (var (name, value) in parameters)
        {
            root.Add(name, value);
        }

        return root;
    }

    public ParameterNode? Find(ReadOnlySpan<char> name)
    {
        if (_byName is not null)
        {
            return _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
        }

        foreach (var child in _children)
        {
            if (name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    private void Add(ReadOnlySpan<char> name, string value)
    {
        if (name.Count('.') >= MaxDepth)
        {
            return;
        }

        var node = this;
        foreach (var part in name.Split('.'))
        {
            node = node.FindOrAdd(name[part]);
        }

        // The first of two wins, as for the signature's own parameters in a query string. What AWS does for others is not known.
        node.Value ??= value;
    }

    private ParameterNode FindOrAdd(ReadOnlySpan<char> name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        var child = new ParameterNode(name.ToString());
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
