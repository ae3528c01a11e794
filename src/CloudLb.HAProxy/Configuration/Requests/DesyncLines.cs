using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Desync mitigation by AWS's classes of requests, as far as HAProxy's parser lets rules see them; docs/desync.md has the table.
/// </summary>
/// <remarks>
/// Seen with 2.6.12. The parser itself refuses most of what is severe, and tidies up some of what is not (it joins folded lines, drops a
/// Content-Length beside a Transfer-Encoding, and all but one of several equal ones) before a rule sees it: what an instance then gets is
/// clean. Names arrive in lower case and without anything but the characters of a token, unless invalid requests are accepted. What a rule
/// costs is its condition, so the usual request meets one, which says that nothing of what the rules after it are about is there, and none
/// of them: 1,700 instructions instead of 3,400, and with the answer's 2,800 instead of 4,400 (2.6.12, counted with callgrind; with a
/// browser's headers 4,300 instead of 6,600).
/// </remarks>
internal static class DesyncLines
{
    /// <summary>All modes; the defaults of each are named after it.</summary>
    public static readonly IReadOnlyList<DesyncMitigation> Modes =
    [
        DesyncMitigation.Defensive, DesyncMitigation.Monitor, DesyncMitigation.Strictest,
    ];

    // Whatever could be read as Transfer-Encoding or Content-Length: in AWS's classifier the hyphen is any one character, more may follow
    // it, and others than letters and digits may stand around.
    private const string Framing = "[^a-z0-9,]*(?:transfer[^,][^a-z0-9,]*encoding|content[^,][^a-z0-9,]*length)[^a-z0-9,]*";

    private const string Shown =
        "%[method] %[req.ver] %[req.fhdr(content-length)] %[req.fhdr(transfer-encoding)] ,%[req.hdr_names], %[url]";

    private const string HasBody = "{ var(txn.arrived) -m found }";

    private const string IsFramed = $"{{ req.hdr_names -m reg '{Words}|upgrade(?:,|$)|connection' }}";

    /// <summary>
    /// Of a request with a header of a body, or like one, with one of an upgrade, or with DEL in its target: a line with its method,
    /// version, length, coding, names between commas, and target. Of any other there is none, so that no rule has to look any further.
    /// </summary>
    private static string LineOf(string only) => $$"""
          acl framed var(txn.framed) -m found
          http-request set-var-fmt(txn.framed) '{{Shown}}' if {{HasBody}} or {{only}}{{IsFramed}} or {{only}}{ url -m sub "\x7f" }
        """;

    // Anything that a rule below could be about, wherever it stands in the head; that it stands in a value costs time and no more. One
    // fetch of all headers is cheaper than one of the names and another for NUL.
    private const string Looked = $"{Words}|upgrade:|connection|{BodyLines.Looked}|{ForwardedLines.Looked}";

    private const string Words = "(?:transfer|content)[^,][^a-z0-9,]*(?:encoding|length)";

    // In the line, where only what is not the target has a blank after it. A length of 20 digits overflows in 2.6 and 3.0:
    // 18446744073709551616 is read as 0 and passed on as it is.
    private const string Severe = @"^\S+ \S+ (?:\d{20}|\S* (?! |(?i:chunked) ).)";

    // At the target, behind the only comma and blank with no other blank to come, PCRE is told that there is nothing more to be found: to
    // look from each comma of a target for the blank that is not there takes the square of its length, 30 ms for 62 KB.
    private const string Ambiguous = @"^(?:GET|HEAD) \S+ (?:0*[1-9]|\S* [^ ])|^\S+ (?:1\.0|0\.9) \S* [^ ]|^\S+ 0\.9 \d|\x7f" +
        $@"|, [^ ]*\x7f|, [^ ]*$(*SKIP)(*FAIL)|,(?!(?:transfer-encoding|content-length),){Framing},(?=[^ ]* )";

    private const string Nul = @"\x00";

    // Controls but tab; the lines of the headers end in CR and LF.
    private const string Controls = @"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]";

    private const string Version = "req.ver 1.1";

    // Of a client that has agreed on HTTP/2; with prior knowledge HTTP/2 begins like a request of HTTP/1.
    private const string Http2 = "!{ fc_http_major 2 }";

    private const string OtherVersions = "req.ver 1.0 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 0.9";

    /// <summary>Whether a request is not the usual one, after the look.</summary>
    public const string IsUnusual = "{ var(txn.unusual) -m found }";

    /// <summary>The same before a condition that holds of no usual request.</summary>
    public const string Only = $"{IsUnusual} ";

    // What a client has its Connection header name an instance would take away, X-Forwarded-For too; and any protocol that it upgrades to
    // goes past all rules, HTTP/2 too. So what the instance is told is ours: close, upgrade or nothing, as an empty header is not passed on
    // (2.6 and 3.0).
    private const string Connection = """
          acl connected var(txn.framed) -m reg ',(?:upgrade|connection),'
          acl connected var(txn.close) -m found
          acl not_upgrading var(txn.close) -m found
          acl not_upgrading req.fhdr(upgrade) -m reg -i '^(?!websocket$)'
          acl not_upgrading req.fhdr_cnt(upgrade) gt 1
          acl not_upgrading req.fhdr_cnt(connection) eq 0
          acl not_upgrading req.fhdr(connection) -m reg -i '^(?!(?:.*,)?[ \t]*upgrade[ \t]*(?:,|$))'
          http-request del-header Upgrade if connected not_upgrading
          http-request set-header Connection '%[var(txn.close)]%[req.fhdr(upgrade),regsub(.+,upgrade)]' if connected
        """;

    /// <summary>The end of the name of the defaults for listeners of this mode; AWS's default has none.</summary>
    public static string Suffix(DesyncMitigation mode) => mode switch
    {
        DesyncMitigation.Monitor => "_monitor",
        DesyncMitigation.Strictest => "_strictest",
        _ => "",
    };

    /// <summary>
    /// The rule at which the usual request is done with the listener's rules, and its answer with those of answers. Whatever every request
    /// is to meet comes before it. A head always fits into what the condition reads: a field takes more room in HAProxy's own form than as
    /// text.
    /// </summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="isNulRefused">Whether HAProxy by itself takes no header with a NUL.</param>
    /// <param name="request">What rules of the request after it are about besides.</param>
    /// <param name="answer">The same of answers.</param>
    /// <param name="isHttp2">Whether clients can have agreed on HTTP/2.</param>
    /// <param name="isTraced">Whether each request is given an id.</param>
    /// <param name="hasPaths">Whether rules of the listeners ask for paths.</param>
    /// <param name="first">Rules that come before anything is added to the head; null for none.</param>
    /// <remarks>
    /// What the usual request is given comes between the look and what follows from it. HAProxy remembers what an expression has found in a
    /// text that comes again, as a client's headers do, and would find another text each time with the id in it; and what the look has not
    /// found need not be looked for once more to be replaced.
    /// </remarks>
    public static void WriteUsual(
        ConfigText text, DesyncMitigation mode, bool isNulRefused, string request, string answer, bool isHttp2, bool isTraced,
        bool hasPaths, string? first)
    {
        WriteLook(text, mode, isNulRefused, request, isHttp2, isTraced, hasPaths);
        if (first is not null)
        {
            text.Block(first);
        }

        text.Block(ForwardedLines.Added);
        if (isTraced)
        {
            text.Block(TraceLines.Traced);
        }

        text.Line("http-request").Constant($"allow unless {IsUnusual}");
        text.Block(ForwardedLines.Placed);
        if (isTraced)
        {
            text.Block(TraceLines.Continued);
        }

        text.Line("http-after-response").Constant($"allow unless {answer} or {{ var(txn.framed) -m found }}");
    }

    /// <summary>
    /// The look alone, for listeners where every request comes to rules of their own: rules that are about none of the usual ones ask what
    /// it has found first (<see cref="Only"/>), which takes 160 instructions where looking for themselves took some of them thousands
    /// (2.6.12, counted with callgrind).
    /// </summary>
    public static void WriteLook(
        ConfigText text, DesyncMitigation mode, bool isNulRefused, string request, bool isHttp2, bool isTraced,
        bool hasPaths = false)
    {
        var characters = mode == DesyncMitigation.Strictest ? $"|{Controls}" : isNulRefused ? "" : $"|{Nul}";
        var headers = $"{Looked}{(isTraced ? $"|{TraceLines.Looked}" : "")}{characters}";
        var target = $"\\x7f{(hasPaths ? $"|{PathLines.Looked}" : "")}";
        text.Line("http-request").Constant(
            $"set-var(txn.unusual) bool(true) if {{ req.hdrs -m reg '{headers}' }} or {{ url -m reg '{target}' }} or " +
            $"!{{ {Version} }}{Unless(isHttp2)} or {request}");
    }

    /// <summary>What is refused.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="isNulRefused">Whether HAProxy by itself takes no header with a NUL.</param>
    /// <param name="isHttp2">Whether clients can have agreed on HTTP/2.</param>
    /// <param name="only">
    /// <see cref="Only"/>, where usual requests come here too; empty where they do not, or nothing was looked for.
    /// </param>
    public static void WriteRefused(ConfigText text, DesyncMitigation mode, bool isNulRefused, bool isHttp2, string only)
    {
        text.Line("option").Word("disable-h2-upgrade");
        text.Block(LineOf(only));
        switch (mode)
        {
            case DesyncMitigation.Monitor:
                // Everything is routed but HTTP/2 that was not agreed on: with prior knowledge it begins like a request.
                text.Line("option").Word("accept-invalid-http-request");
                Deny(text, $"{{ req.ver 2.0 }}{Unless(isHttp2)}");
                break;
            case DesyncMitigation.Strictest:
                Deny(text, $"{only}!{{ {Version} }} !{{ req.ver 1.0 }}{Unless(isHttp2)} or {InLine(Severe)} or {InLine(Ambiguous)}");
                Deny(text, $@"{InLine(@"^(?:GET|HEAD) \S+ \d")} or {only}{{ req.hdrs -m reg '{Controls}' }}");
                break;
            default:
                Deny(
                    text,
                    $"{only}!{{ {Version} }} !{{ {OtherVersions} }}{Unless(isHttp2)} or " +
                    $"{InLine(Severe)}{(isNulRefused ? "" : $" or {only}{{ req.hdrs -m reg '{Nul}' }}")}");
                break;
        }

        // HAProxy takes an empty coding beside another (2.6.12), and an instance may go by either.
        if (mode != DesyncMitigation.Monitor)
        {
            Deny(text, "framed { req.fhdr_cnt(transfer-encoding) gt 1 }");
        }

        if (!isNulRefused)
        {
            text.Line("http-response").Constant($"deny deny_status 502 if {{ res.hdrs -m reg '{Nul}' }}");
        }
    }

    /// <summary>What becomes of a request with a body or an upgrade that is not refused; any other is done with the rules here.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="isGoneOn">Whether others go on all the same, and find nothing that is about them.</param>
    /// <param name="hasPaths">Whether rules of the listeners ask for paths, which those that are none of the usual ones go on to.</param>
    public static void WriteFramed(ConfigText text, DesyncMitigation mode, bool isGoneOn, bool hasPaths)
    {
        if (!isGoneOn)
        {
            text.Line("http-request").Constant($"allow unless framed{(hasPaths ? $" or {PathLines.IsUnusual}" : "")}");
        }

        if (mode == DesyncMitigation.Defensive)
        {
            text.Line("http-request").Constant($"set-var(txn.close) str(close) if {InLine(Ambiguous)}");
            text.Line("http-after-response").Constant("set-header Connection close if { var(txn.close) -m found }");
        }

        text.Block(Connection);
    }

    private static string Unless(bool isHttp2) => isHttp2 ? $" {Http2}" : "";

    private static void Deny(ConfigText text, string condition) =>
        text.Line("http-request").Constant($"deny deny_status 400 if {condition}");

    private static string InLine(string expression) => $"{{ var(txn.framed) -m reg '{expression}' }}";
}
