namespace CloudLb.Core.Accounts;

/// <summary>What may be done with an access key.</summary>
public abstract record Permission
{
    private Permission()
    {
    }

    /// <summary>Everything.</summary>
    public static Permission Full { get; } = new FullPermission();

    /// <summary>Whatever looks and does not change: <c>Describe…</c>, <c>Get…</c> and <c>List…</c>.</summary>
    public static Permission ReadOnly { get; } = new ReadOnlyPermission();

    public sealed record FullPermission : Permission;

    public sealed record ReadOnlyPermission : Permission;

    /// <summary>
    /// What a member machine carries: it registers and deregisters itself with these load balancers and target groups, asks how it fares
    /// there, and nothing else.
    /// </summary>
    /// <param name="LoadBalancers">Names of the key's account.</param>
    /// <param name="Instances">The instance ids and addresses that it may name, spelled as it names them; empty: any.</param>
    /// <param name="Region">The one that its calls are signed for; null: any.</param>
    /// <param name="TargetGroups">ARNs of the key's account.</param>
    public sealed record RegisterSelf(
        EquatableArray<string> LoadBalancers, EquatableArray<string> Instances, string? Region = null,
        EquatableArray<string> TargetGroups = default) : Permission;
}
