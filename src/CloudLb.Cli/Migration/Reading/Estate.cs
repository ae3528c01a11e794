namespace CloudLb.Cli.Migration.Reading;

/// <summary>What there is of load balancers in an account and region, as the describe actions of both APIs tell it.</summary>
internal sealed record Estate
{
    public IReadOnlyList<ClassicLoadBalancer> Classic { get; init; } = [];

    /// <summary>Of all kinds; within a kind in the order in which they were told.</summary>
    public IReadOnlyList<V2Resource> V2 { get; init; } = [];

    public bool IsEmpty => Classic.Count == 0 && V2.Count == 0;

    public ClassicLoadBalancer? FindClassic(string name) => Classic.FirstOrDefault(one => one.Name == name);

    public IEnumerable<V2Resource> Of(V2Kind kind) => V2.Where(one => one.Kind == kind);

    public IEnumerable<V2Resource> Below(V2Resource parent) => V2.Where(one => one.Parent == parent.Arn);

    public V2Resource? Find(string arn) => V2.FirstOrDefault(one => one.Arn == arn);

    /// <summary>Those of these names, with what belongs to them and what their actions lead to.</summary>
    public Estate Only(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return this;
        }

        var kept = V2.Where(one => one.Kind is V2Kind.LoadBalancer or V2Kind.TargetGroup && names.Contains(one.Name))
            .ToDictionary(one => one.Arn);
        foreach (var child in Of(V2Kind.Listener).Concat(Of(V2Kind.Rule)).Where(child => kept.ContainsKey(child.Parent)))
        {
            kept[child.Arn] = child;
            foreach (var group in Wire.AllTexts(child.Description).Select(Find).OfType<V2Resource>())
            {
                kept.TryAdd(group.Arn, group);
            }
        }

        return this with
        {
            Classic = [.. Classic.Where(one => names.Contains(one.Name))], V2 = [.. V2.Where(one => kept.ContainsKey(one.Arn))],
        };
    }
}
