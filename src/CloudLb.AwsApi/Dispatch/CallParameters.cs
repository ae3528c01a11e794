using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>A request's parameters before its operation reads them: out of the same tree, so that the two can never see different values.</summary>
public readonly struct CallParameters
{
    private readonly ParameterNode _root;

    internal CallParameters(ParameterNode root)
    {
        _root = root;
    }

    /// <summary>Null when it is missing.</summary>
    public string? Value(string name) => _root.Find(name)?.Value;

    /// <summary>The members of a list of texts, or one member of each structure in a list; a missing one is empty.</summary>
    /// <exception cref="WireException">It is not a list.</exception>
    public IReadOnlyList<string> Members(string list, string? member = null) => _root.Find(list) is { } node
        ? [.. ParameterList.ItemsOf(node).Select(item => (member is null ? item : item.Find(member))?.Value ?? "")]
        : [];
}
