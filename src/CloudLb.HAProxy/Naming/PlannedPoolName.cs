namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The pool of the plan that one is a part of, or stands beside (<see cref="OpenPoolName"/>, <see cref="ZonePoolName"/>).
/// </summary>
internal static class PlannedPoolName
{
    /// <summary>
    /// No planned pool's name has a dot in it, and whatever is made of one begins with its name and a dot; the same of a backend's name.
    /// </summary>
    public static string Of(string pool)
    {
        var dot = pool.IndexOf('.', pool.LastIndexOf(':') + 1);
        return dot < 0 ? pool : pool[..dot];
    }

    /// <summary>Whether it is the plan's name of that pool. Asked of all pools for each target group, so that nothing is made.</summary>
    public static bool IsOf(string pool, string planned) =>
        pool.StartsWith(planned, StringComparison.Ordinal) && (pool.Length == planned.Length || pool[planned.Length] == '.');
}
