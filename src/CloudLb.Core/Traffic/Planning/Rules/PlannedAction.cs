namespace CloudLb.Core.Traffic.Planning;

/// <summary>What becomes of a request or a connection.</summary>
public abstract record PlannedAction
{
    private PlannedAction()
    {
    }

    /// <summary>What a request must show first; null for nothing. Only with <see cref="TrafficMode.Http"/>.</summary>
    public PlannedGate? Gate { get; init; }

    /// <summary>It goes to a pool.</summary>
    /// <param name="Pools">Each with its share; names of pools of the same load balancer. At least one.</param>
    /// <param name="Stickiness">How a client stays with the pool that it was given first; null when it does not.</param>
    public sealed record Forward(EquatableArray<WeightedPool> Pools, PlannedPoolStickiness? Stickiness = null) : PlannedAction
    {
        /// <summary>
        /// Whether the client's address says which of several pools it is, so that a client stays with one while the weights stay. Only
        /// without <see cref="TrafficMode.Http"/>.
        /// </summary>
        public bool IsBySource { get; init; }

        /// <summary>The pool that everything goes to; null where there are several.</summary>
        public string? OnlyPool => Pools is [var only] ? only.Pool : null;

        /// <summary>Everything goes to one pool.</summary>
        public static Forward To(string pool) => new([new WeightedPool(pool, 1)]);
    }

    /// <summary>
    /// The client is sent elsewhere. Each part may hold <c>#{protocol}</c>, <c>#{host}</c>, <c>#{port}</c>, <c>#{path}</c> and
    /// <c>#{query}</c>.
    /// </summary>
    /// <param name="Status">301 or 302.</param>
    /// <param name="Protocol">Of the new address.</param>
    /// <param name="Host">Of the new address.</param>
    /// <param name="Port">Of the new address.</param>
    /// <param name="Path">Begins with a slash.</param>
    /// <param name="Query">Without the question mark; empty for none.</param>
    public sealed record Redirect(int Status, string Protocol, string Host, string Port, string Path, string Query) : PlannedAction;

    /// <summary>The load balancer answers by itself.</summary>
    /// <param name="Status">200 to 599.</param>
    /// <param name="ContentType">Of the body.</param>
    /// <param name="Body">As it is sent; it may be empty.</param>
    public sealed record FixedResponse(int Status, string ContentType, string Body) : PlannedAction;
}
