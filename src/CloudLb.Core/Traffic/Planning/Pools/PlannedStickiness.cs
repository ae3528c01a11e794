namespace CloudLb.Core.Traffic.Planning;

/// <summary>How a client is kept with the member that served it first: by a cookie whose value tells nothing.</summary>
/// <param name="Key">
/// What the values are made with; lower-case hexadecimal digits. The same key keeps clients where they are. A secret.
/// </param>
/// <param name="Cookie">The cookie's name: a token of RFC 9110.</param>
/// <param name="CrossSiteCookie">
/// The name of a second one with the same value, which browsers send with requests of other sites' pages; null for none. Of no meaning
/// where the stickiness follows an application's cookie.
/// </param>
/// <param name="PeriodSeconds">
/// How long the cookie lasts from its first answer on; null when it ends with the browser's session. More than 0.
/// </param>
/// <param name="ApplicationCookie">
/// The cookie of the application that the stickiness follows: it begins, lasts and ends with that cookie. Null when it stands for itself. A
/// token of RFC 9110.
/// </param>
public sealed record PlannedStickiness(string Key, string Cookie, string? CrossSiteCookie, long? PeriodSeconds, string? ApplicationCookie)
{
    /// <summary>
    /// Whether each answer sets the cookie anew, for seven days. What lasts for <see cref="PeriodSeconds"/> from the last answer on is the
    /// stickiness, which the value tells, for each pool by itself where the cookie is that of several. An application's cookie must come
    /// with it, and lasts as long as the application says.
    /// </summary>
    public bool IsRenewed { get; init; }

    /// <summary>What is set beside a renewed cookie with the value <c>_remove_</c>: as long values have parts elsewhere.</summary>
    public EquatableArray<string> EmptyCookies { get; init; } = [];

    /// <summary>Keeps the key out of logs and messages.</summary>
    public override string ToString() =>
        ApplicationCookie is null ? $"own cookie, {PeriodSeconds?.ToString() ?? "session"}" : $"cookie {ApplicationCookie}";
}
