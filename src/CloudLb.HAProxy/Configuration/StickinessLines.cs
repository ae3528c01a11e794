using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Stickiness by cookie, as AWS's Classic load balancers do it. All of it tried with 2.6.12.</summary>
/// <remarks>
/// The value is HAProxy's dynamic one, a hash of address, port and key: the same after a hand-over and for a member added at run time, and nothing to
/// remember. A value that names no member that is up is as none: the client is given another member, and its value.
/// </remarks>
internal static class StickinessLines
{
    private const string Cookie = "AWSELB";

    // Browsers send the first cookie to its own site only; AWS gives its clients a second one for the requests of other sites' pages.
    private const string CrossSiteCookie = "AWSELBCORS";

    // Were the header spelled in a way that the expression does not know, the variable would hold all the headers. A cookie whose header ends in a semicolon
    // is ignored (AWS's guide on sticky sessions).
    private const string AreAttributes = @"{ var(txn.attributes) -m reg '^(?:;[^\r\n]*[^\r\n; \t])?\z' }";

    // AWS encodes the path's underscores, for old browsers (the same guide): in its own cookie, as the application's is not for it to change. Each match
    // begins where the one before has ended.
    private const string WithEncodedPath = @"regsub(""(?i)((?:;[ \t]*path[ \t]*=|\G)[^;_]*)_"",""\1%5F"",g)";

    public static void Write(ConfigText text, PlannedStickiness stickiness)
    {
        text.Line("dynamic-cookie-key").Word(stickiness.Key);
        if (stickiness.ApplicationCookie is { } name)
        {
            WriteApplication(text, name);
        }
        else
        {
            WriteOwn(text, stickiness.PeriodSeconds);
        }
    }

    /// <summary>Set when it is missing or wrong and not refreshed otherwise, so that its period counts from the first answer.</summary>
    private static void WriteOwn(ConfigText text, long? periodSeconds)
    {
        var line = text.Line("cookie").Word(Cookie).Constant("insert indirect dynamic");
        if (periodSeconds is { } seconds)
        {
            line.Word("attr").Quoted($"Max-Age={seconds}");
        }

        var maxAge = periodSeconds is null ? "" : $" Max-Age={periodSeconds};";
        text.Line("http-request").Constant($"add-header Cookie '{Cookie}=%[req.cook({CrossSiteCookie})]'")
            .Constant($"if {{ req.cook({CrossSiteCookie}) -m found }} !{{ req.cook({Cookie}) -m found }}");
        text.Line("http-after-response")
            .Constant($"add-header Set-Cookie '{CrossSiteCookie}=%[res.cook({Cookie})]; path=/;{maxAge} Secure; SameSite=None' if {{ res.cook({Cookie}) -m found }}");
        text.Line("http-after-response").Constant($"add-header Cache-Control 'no-cache=\"set-cookie\"' if {{ res.cook({Cookie}) -m found }}");
    }

    /// <summary>
    /// Set only when the answer sets the application's cookie, whose attributes it takes over, and of no effect in a request without that. A client whose
    /// member is gone is given the cookie of the next one at once, as the application need not set its own again; for the browser's session, since the
    /// attributes of the one before are not known any more.
    /// </summary>
    private static void WriteApplication(ConfigText text, string name)
    {
        CheckToken(name);
        var inRequest = $"req.cook(\"{name}\")";
        var inAnswer = $"res.cook(\"{name}\")";
        text.Line("cookie").Word(Cookie).Constant("rewrite dynamic");
        text.Line("http-request").Constant($@"replace-header Cookie '^(.*;\s*)?{Cookie}=[^;]*(?:;\s*)?(.*)$' '\1\2' unless {{").Quoted(inRequest).Constant("-m found }");
        text.Line("http-request").Constant($"set-var(txn.stuck) req.cook({Cookie})");
        text.Line("http-response").Word("set-var(txn.attributes)")
            .Quoted($@"res.hdrs,regsub(""(?s)^(?:.*\n)?(?i:set-cookie): *{InRegex(name)}=[^;\r\n]*([^\r\n]*).*$"",""\1""),{WithEncodedPath}")
            .Constant("if {").Quoted(inAnswer).Constant("-m found }");
        text.Line("http-response").Constant($"add-header Set-Cookie '{Cookie}=x%[var(txn.attributes)]' if").Constant(AreAttributes);

        // The third letter of HAProxy's termination state: the cookie named a member that is (D)own, or (I)nvalid, none at all.
        text.Line("http-response").Constant("set-var-fmt(txn.persistence) %tsc");
        text.Line("http-response").Constant($"add-header Set-Cookie '{Cookie}=x; path=/'")
            .Constant($"if {{ var(txn.stuck) -m found }} {{ var(txn.persistence) -m reg '^..[DI]' }} !{AreAttributes}");
    }

    private static void CheckToken(string name)
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
