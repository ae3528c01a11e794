using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Stickiness by cookie. All of it tried with 2.6.12.</summary>
/// <remarks>
/// The value is HAProxy's dynamic one, a hash of address, port and key: the same after a hand-over and for a member added at run time, and
/// nothing to remember. A value that names no member that is up is as none: the client is given another member, and its value.
/// </remarks>
internal static class StickinessLines
{
    // Were the header spelled in a way that the expression does not know, the variable would hold all the headers. A cookie whose header
    // ends in a semicolon is ignored (AWS's guide on sticky sessions).
    private const string AreAttributes = @"{ var(txn.attributes) -m reg '^(?:;[^\r\n]*[^\r\n; \t])?\z' }";

    // AWS encodes the path's underscores, for old browsers (the same guide): in its own cookie, as the application's is not for it to
    // change. Each match begins where the one before has ended.
    private const string WithEncodedPath = @"regsub(""(?i)((?:;[ \t]*path[ \t]*=|\G)[^;_]*)_"",""\1%5F"",g)";

    public static void Write(ConfigText text, PlannedStickiness stickiness, string pool)
    {
        text.Line("dynamic-cookie-key").Word(stickiness.Key);
        CheckToken(stickiness.Cookie);
        if (stickiness.IsRenewed)
        {
            RenewedCookieLines.Write(text, stickiness, pool);
        }
        else if (stickiness.ApplicationCookie is { } name)
        {
            WriteApplication(text, stickiness.Cookie, name);
        }
        else
        {
            WriteOwn(text, stickiness.Cookie, stickiness.PeriodSeconds);
            if (stickiness.CrossSiteCookie is { } second)
            {
                WriteCrossSite(text, stickiness.Cookie, second, stickiness.PeriodSeconds);
            }

            text.Line("http-after-response")
                .Constant($"add-header Cache-Control 'no-cache=\"set-cookie\"' if {{ res.cook({stickiness.Cookie}) -m found }}");
        }
    }

    /// <summary>Set when it is missing or wrong and not refreshed otherwise, so that its period counts from the first answer.</summary>
    private static void WriteOwn(ConfigText text, string cookie, long? periodSeconds)
    {
        var line = text.Line("cookie").Word(cookie).Constant("insert indirect dynamic");
        if (periodSeconds is { } seconds)
        {
            line.Word("attr").Quoted($"Max-Age={seconds}");
        }
    }

    /// <summary>
    /// Browsers send the first cookie to its own site only; the second one comes with the requests of other sites' pages, too.
    /// </summary>
    private static void WriteCrossSite(ConfigText text, string cookie, string second, long? periodSeconds)
    {
        CheckToken(second);
        var maxAge = periodSeconds is null ? "" : $" Max-Age={periodSeconds};";
        text.Line("http-request").Constant($"add-header Cookie '{cookie}=%[req.cook({second})]'")
            .Constant($"if {{ req.cook({second}) -m found }} !{{ req.cook({cookie}) -m found }}");
        text.Line("http-after-response")
            .Constant(
                $"add-header Set-Cookie '{second}=%[res.cook({cookie})]; path=/;{maxAge} Secure; SameSite=None' if {{ res.cook({cookie}) " +
                $"-m found }}");
    }

    /// <summary>
    /// Set only when the answer sets the application's cookie, whose attributes it takes over, and of no effect in a request without that.
    /// A client whose member is gone is given the cookie of the next one at once, as the application need not set its own again; for the
    /// browser's session, since the attributes of the one before are not known any more.
    /// </summary>
    private static void WriteApplication(ConfigText text, string cookie, string name)
    {
        CheckToken(name);
        var inRequest = $"req.cook(\"{name}\")";
        var inAnswer = $"res.cook(\"{name}\")";
        text.Line("cookie").Word(cookie).Constant("rewrite dynamic");
        text
            .Line("http-request")
            .Constant($@"replace-header Cookie '^(.*;\s*)?{cookie}=[^;]*(?:;\s*)?(.*)$' '\1\2' unless {{")
            .Quoted(inRequest)
            .Constant("-m found }");
        text.Line("http-request").Constant($"set-var(txn.stuck) req.cook({cookie})");
        text.Line("http-response").Word("set-var(txn.attributes)")
            .Quoted(
                $@"res.hdrs,regsub(""(?s)^(?:.*\n)?(?i:set-cookie): *{InRegex(name)}=[^;\r\n]*([^\r\n]*).*$"",""\1""),{WithEncodedPath}")
            .Constant("if {").Quoted(inAnswer).Constant("-m found }");
        text.Line("http-response").Constant($"add-header Set-Cookie '{cookie}=x%[var(txn.attributes)]' if").Constant(AreAttributes);

        // The third letter of HAProxy's termination state: the cookie named a member that is (D)own, or (I)nvalid, none at all.
        text.Line("http-response").Constant("set-var-fmt(txn.persistence) %tsc");
        text.Line("http-response").Constant($"add-header Set-Cookie '{cookie}=x; path=/'")
            .Constant($"if {{ var(txn.stuck) -m found }} {{ var(txn.persistence) -m reg '^..[DI]' }} !{AreAttributes}");
    }

    public static void CheckToken(string name)
    {
        const string Separators = "()<>@,;:\\\"/[]?={}";
        if (name.Length == 0 || !name.All(character => character is > ' ' and <= '~' && !Separators.Contains(character)))
        {
            throw new UnwritableValueException(name, "is no name of a cookie");
        }
    }

    private static string InRegex(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? $"{character}" : $"\\x{(int)character:x2}"));
}
