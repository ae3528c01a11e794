namespace CloudLb.Core.Traffic.Planning;

/// <summary>
/// How a client stays with the pool that an action gave it first: by a cookie that each answer sets anew, for seven days, and whose value
/// tells nothing.
/// </summary>
/// <param name="Key">What the values are made with; lower-case hexadecimal digits. A secret.</param>
/// <param name="Cookie">The cookie's name: a token of RFC 9110.</param>
/// <param name="CrossSiteCookie">
/// The name of a second one with the same value, which browsers send with requests of other sites' pages.
/// </param>
/// <param name="PeriodSeconds">How long the client stays after its last answer. More than 0.</param>
public sealed record PlannedPoolStickiness(string Key, string Cookie, string CrossSiteCookie, long PeriodSeconds)
{
    /// <summary>Keeps the key out of logs and messages.</summary>
    public override string ToString() => $"cookie {Cookie}, {PeriodSeconds}";
}
