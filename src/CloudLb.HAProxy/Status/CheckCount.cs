namespace CloudLb.HAProxy.Status;

/// <summary>
/// HAProxy's count of checks: while down the passes in a row, and from the rise threshold on up, less one for each failure in a row.
/// </summary>
/// <param name="Count">As a process tells it.</param>
/// <param name="Rise">Passes in a row that bring an instance in.</param>
/// <param name="Fall">Failures in a row that take it out.</param>
internal readonly record struct CheckCount(int Count, int Rise, int Fall)
{
    /// <summary>Of an instance that is out.</summary>
    public int PassesInARow => Math.Clamp(Count, 0, Rise - 1);

    /// <summary>Of an instance that is in service.</summary>
    public int FailuresInARow => Math.Clamp(Rise + Fall - 1 - Count, 0, Fall - 1);
}
