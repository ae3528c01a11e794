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
}
