using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.ElbV2.Domain.Attributes;

/// <summary>The attributes that one kind of resource has, with the rules of a change.</summary>
/// <param name="what">Whose they are, as messages begin: <c>Load balancer</c>.</param>
/// <param name="rules">In the order in which they are described.</param>
internal sealed class AttributeTable(string what, IReadOnlyList<AttributeRule> rules)
{
    /// <summary>
    /// What is told of a key that another kind of the same resource has; the key goes where <c>{0}</c> stands. Absent: it is unknown.
    /// </summary>
    public string? Foreign { get; init; }

    /// <summary>The keys that other kinds of the same resource have.</summary>
    public IReadOnlySet<string> ForeignKeys { get; init; } = new HashSet<string>();

    public IEnumerable<string> Keys => rules.Select(rule => rule.Key);

    /// <summary>Every attribute with its value.</summary>
    public IReadOnlyList<ResourceAttribute> All(EquatableArray<ResourceAttribute> set) =>
        [.. rules.Select(rule => new ResourceAttribute(rule.Key, set.Find(rule.Key) ?? rule.Default))];

    public string Value(EquatableArray<ResourceAttribute> set, string key) =>
        set.Find(key) ?? rules.First(rule => rule.Key == key).Default;

    /// <summary>
    /// What is set after a change, in the order of keys: those that are given, and those that were set before. One bad value refuses all.
    /// </summary>
    public EquatableArray<ResourceAttribute> Changed(
        EquatableArray<ResourceAttribute> set, IReadOnlyCollection<ResourceAttribute> given)
    {
        var keys = new HashSet<string>();
        var next = new SortedDictionary<string, ResourceAttribute>(set.ToDictionary(attribute => attribute.Key), StringComparer.Ordinal);
        foreach (var attribute in given)
        {
            if (!keys.Add(attribute.Key))
            {
                throw CommonErrors.ValidationError.Because($"Attribute key '{attribute.Key}' has been specified more than once");
            }

            Check(attribute);
            next[attribute.Key] = attribute;
        }

        return next.Values.ToEquatableArray();
    }

    private void Check(ResourceAttribute attribute)
    {
        if (rules.FirstOrDefault(rule => rule.Key == attribute.Key) is not { } rule)
        {
            throw CommonErrors.ValidationError.Because(
                Foreign is { } foreign && ForeignKeys.Contains(attribute.Key)
                    ? string.Format(null, foreign, attribute.Key)
                    : $"{what} attribute key '{attribute.Key}' is not recognized");
        }

        if (rule.Fault(attribute.Value) is { } fault)
        {
            throw rule.Error.Because(fault);
        }

        if (rule.IsFixed && attribute.Value != rule.Default)
        {
            throw NotCarried.Because(attribute.Key, attribute.Value);
        }
    }
}
