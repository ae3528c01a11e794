using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>
/// A request's parameters before its operation reads them, whatever the protocol: out of the same tree, so that the two can never see
/// different values.
/// </summary>
public readonly struct CallParameters
{
    private readonly WireValue _root;

    internal CallParameters(WireValue root)
    {
        _root = root;
    }

    /// <summary>Null when it is missing.</summary>
    public string? Value(string name) => _root.Member(name)?.Scalar;

    /// <summary>The members of a list of texts, or one member of each structure in a list; a missing one is empty.</summary>
    /// <exception cref="WireException">It is not a list.</exception>
    public IReadOnlyList<string> Members(string list, string? member = null) => _root.Member(list) is { } node
        ? [.. node.Items(default).Select(item => (member is null ? item : item.Member(member))?.Scalar ?? "")]
        : [];
}
