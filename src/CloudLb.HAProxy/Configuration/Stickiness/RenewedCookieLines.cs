using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Stickiness by a cookie that each answer sets anew. All of it tried with 2.6.12.</summary>
/// <remarks>
/// The value is a signed list: for each of the last four pools that the client was given a member of, the pool, HAProxy's own value for the
/// member (<see cref="StickinessLines"/>) and the time. HAProxy itself is given its value in a cookie whose name only it knows. It takes
/// that out of the request again, and tells in one of the same name where it has chosen another member.
/// </remarks>
internal static class RenewedCookieLines
{
    private const int MostOthers = 3;

    private const string Attributes = "Expires=%[date(604800),http_date]; Path=/";

    // Of a pool 8 digits, of a member 16, and the seconds since 1970.
    private const int PoolLength = 8, MemberLength = 16, TimeLength = 10, EntryLength = PoolLength + MemberLength + TimeLength;

    public static void Write(ConfigText text, PlannedStickiness stickiness, string pool)
    {
        var signed = new SignedCookie(stickiness.Key, stickiness.Cookie);
        var (entry, inner) = (SignedCookie.Hidden(stickiness.Key, $"pool {pool}")[..PoolLength], Inner(stickiness));
        text.Line("cookie").Word(inner).Constant("insert indirect dynamic");
        if (stickiness.CrossSiteCookie is { } second)
        {
            StickinessLines.CheckToken(second);
        }

        signed.WriteReading(text, "txn.sticky", stickiness.CrossSiteCookie);
        WriteChoice(text, stickiness, entry, inner);
        WriteRenewal(text, stickiness, entry, inner);
        Write(text, stickiness, signed, inner);
    }

    private static string Inner(PlannedStickiness stickiness) => $"m{SignedCookie.Hidden(stickiness.Key, "member")}";

    /// <summary>The member that the client has been given in this pool, if that still counts.</summary>
    private static void WriteChoice(ConfigText text, PlannedStickiness stickiness, string entry, string inner)
    {
        var (before, rest) = ($"(?:.{{{EntryLength}}})*?{entry}", $"{{{MemberLength + TimeLength}}}");
        text.Line("http-request").Constant(
            $"""
            set-var(txn.stuck) 'var(txn.sticky),regsub("^{before}(.{rest}).*$","\1")'
            """).Constant($"if {{ var(txn.sticky) -m reg ^{before} }}");
        text.Line("http-request").Constant($"set-var(txn.since) var(txn.stuck),bytes({MemberLength},{TimeLength})");
        var line = text.Line("http-request").Constant($"set-var(txn.stays) var(txn.stuck),bytes(0,{MemberLength})")
            .Constant($"if {{ date,sub(txn.since) lt {stickiness.PeriodSeconds ?? int.MaxValue} }}");
        if (stickiness.ApplicationCookie is { } name)
        {
            StickinessLines.CheckToken(name);
            line.Constant("{").Quoted($"req.cook(\"{name}\")").Constant("-m found }");
        }

        text.Line("http-request").Constant($"add-header Cookie {inner}=%[var(txn.stays)] if {{ var(txn.stays) -m found }}");
    }

    /// <summary>The list with the member that has answered, before the other pools' that are there.</summary>
    private static void WriteRenewal(ConfigText text, PlannedStickiness stickiness, string entry, string inner)
    {
        const string Answered = "{ var(txn.member) -m found }";
        text.Line("http-response").Constant("set-var(txn.member) var(txn.stays)");
        text.Line("http-after-response").Constant($"set-var(txn.member) res.cook({inner}) if {{ res.cook({inner}) -m found }}");
        var own = $"^((?:.{{{EntryLength}}})*?){entry}.{{{MemberLength + TimeLength}}}";
        text.Line("http-after-response").Constant(
            $"""
            set-var(txn.sticky) 'var(txn.sticky),regsub("{own}","\1"),bytes(0,{MostOthers * EntryLength})'
            """);
        var renewed = $"set-var-fmt(txn.sticky) \"{entry}%[var(txn.member)]%[date]%[var(txn.sticky)]\" if {Answered}";
        if (stickiness.ApplicationCookie is { } name)
        {
            text.Line("http-after-response").Constant($"{renewed} {{").Quoted($"res.cook(\"{name}\")").Constant("-m found } or")
                .Constant($"{Answered} {{ var(txn.stays) -m found }}");
        }
        else
        {
            text.Line("http-after-response").Constant(renewed);
        }
    }

    /// <summary>The cookie, in the place of HAProxy's own where there is one.</summary>
    private static void Write(ConfigText text, PlannedStickiness stickiness, SignedCookie signed, string inner)
    {
        const string Answered = "{ var(txn.member) -m found }";
        signed.WriteSigning(text, "txn.sticky", "if { var(txn.sticky),length gt 0 }");
        text.Line("http-after-response").Constant("set-var(txn.sticky) str(_remove_) unless { var(txn.sticky),length gt 0 }");
        var value = $"{stickiness.Cookie}=%[var(txn.sticky)]; {Attributes}";
        text.Line("http-after-response")
            .Constant($"add-header Set-Cookie \"{value}\" if {Answered} !{{ res.cook({inner}) -m found }}");
        text.Line("http-after-response").Constant($"replace-header Set-Cookie ^{inner}= \"{value}\"");
        if (stickiness.CrossSiteCookie is { } second)
        {
            text.Line("http-after-response").Constant(
                $"add-header Set-Cookie \"{second}=%[var(txn.sticky)]; {Attributes}; SameSite=None; Secure\" if {Answered}");
        }

        foreach (var empty in stickiness.EmptyCookies)
        {
            StickinessLines.CheckToken(empty);
            text.Line("http-after-response").Constant($"add-header Set-Cookie \"{empty}=_remove_; {Attributes}\" if {Answered}");
        }
    }
}
