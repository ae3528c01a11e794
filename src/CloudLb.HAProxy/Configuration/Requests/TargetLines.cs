namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Targets of requests in which HAProxy sees no path (2.6.12), so that no rule that asks for one is met, while a member may read one:
/// <c>http://host</c>, which stands for the root, <c>*</c>, and a host with anything behind it.
/// </summary>
internal static class TargetLines
{
    public const string HasNoPath = "!{ path -m beg / }";

    // The asterisk, and an address without a path that stands for it, are OPTIONS' own (RFC 9110, 9.3.7).
    private const string IsOptions = "{ method OPTIONS }", IsOfAll = @"{ url -m reg '^(?:\*|[^/]+://[^/?#]+)$' }";

    // Over HTTP/2 it is the asterisk that has no path, and nothing else (2.6.12).
    private const string IsRoot = $"{{ url -m reg '^[^/]+://[^/?#*]+$' }} !{Http2Lines.IsUsed}";

    /// <summary>Rules of the defaults of listeners that have rules.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="only"><see cref="DesyncLines.Only"/>, or empty.</param>
    public static void Write(ConfigText text, string only)
    {
        // The host stays in it: without one HAProxy cannot set the header Host any more (500).
        text.Line("http-request").Constant($"set-uri %[url]/ if {only}{HasNoPath} {IsRoot} !{IsOptions}");
        text.Line("http-request").Constant(
            $"deny deny_status 400 if {only}{HasNoPath} !{IsOptions} or {only}{HasNoPath} !{IsOfAll}");
    }
}
