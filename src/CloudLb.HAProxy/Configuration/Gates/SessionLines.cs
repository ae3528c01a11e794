using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Sessions of clients whom a provider has told: cookies that CloudLb's server has encrypted, so that a client can neither read nor change
/// them. HAProxy opens them by itself; CloudLb need not be there but for signing in.
/// </summary>
/// <remarks>
/// The cookies together are a nonce, a proof and the text, in base64 with dots between them: AES-256-GCM. A proof that is cut short counts
/// for HAProxy as a whole one (2.6.12), which would let anybody guess it, so its length is looked at. The text is when the session ends, in
/// seconds since 1970, who it is, the access token and the signed claims, all but the first in base64 with bars between them.
/// </remarks>
internal static partial class SessionLines
{
    /// <summary>The section of CloudLb's server.</summary>
    public const string Section = "sign_in";

    /// <summary>What an access log tells of a request that came to such an action.</summary>
    public const string Did = "authenticate";

    /// <summary>What a condition asks to leave those alone that go to CloudLb's server, which must see them as they came.</summary>
    public const string IsNotSignIn = "!{ var(txn.signs_in) -m found }";

    // By what the server knows what a request met, and whose clients come back to it. It hears nobody else's words for it.
    private const string Header = "x-cloudlb-sign-in", LoadBalancerHeader = "x-cloudlb-load-balancer";

    /// <summary>By what the server says why it has not signed a client in, in AWS's word; for the access log alone.</summary>
    private const string ReasonHeader = "x-cloudlb-reason";

    /// <summary>Where providers send clients back to: AWS's.</summary>
    private const string Callback = "/oauth2/idpresponse";

    private const int MostCookies = 4, MostSignIns = 500;

    // Where there is no end nothing can be subtracted, and the condition does not hold.
    private const string InForce = "{ date,sub(txn.session_ends) lt 0 }";

    /// <summary>What members are told, in the order in which it stands in a session.</summary>
    private static readonly string[] Headers = ["x-amzn-oidc-identity", "x-amzn-oidc-accesstoken", "x-amzn-oidc-data"];

    /// <summary>Whether an action of the listener asks for one.</summary>
    public static bool AreIn(PlannedListener listener) => Of(listener) is not null;

    /// <summary>Who comes back from a provider goes to CloudLb's server; before anything is asked.</summary>
    /// <param name="text">Where requests are looked at.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="guard">Which requests are the listener's, as a condition; empty for all.</param>
    /// <param name="isLogged">Whether a log tells what was done.</param>
    public static void WriteCallback(ConfigText text, PlannedListener listener, string guard, bool isLogged)
    {
        if (Of(listener) is not { } session)
        {
            return;
        }

        var isCallback = $"{guard}{{ path {Callback} }} !{{ var(txn.rule) -m int 0 }}";
        Set(text, "signs_in", "bool(true)", isCallback);
        text.Line("http-request").Constant($"del-header {Header} if {isCallback}");
        text.Line("http-request").Constant($"set-header {LoadBalancerHeader}").Name(session.LoadBalancer).Constant($"if {isCallback}");
        WriteDid(text, isLogged, isCallback);
    }

    /// <summary>What is looked at, and what the member is told.</summary>
    public static void Write(ConfigText text, PlannedGate.Session session, string condition, bool isLogged)
    {
        if (!OfKey().IsMatch(session.Key) || !OfCookie().IsMatch(session.Cookie))
        {
            throw new UnwritableValueException(session.Cookie, "is no cookie's name, or its key is none");
        }

        var isMet = $"{condition} {IsNotSignIn}";
        WriteDid(text, isLogged, isMet);
        Set(text, "session", $"req.cook({session.Cookie}-0)", isMet);
        for (var number = 1; number < MostCookies; number++)
        {
            var cookie = $"req.cook({session.Cookie}-{number})";
            text.Line("http-request").Constant(
                $"set-var-fmt(txn.session) \"%[var(txn.session)]%[{cookie}]\" if {isMet} {{ {cookie} -m found }}");
        }

        Set(text, "session_nonce", "var(txn.session),field(1,.)", isMet);
        Set(text, "session_proof", "var(txn.session),field(2,.)", isMet);

        // Into a variable that nothing else sets: where the text cannot be opened it stays unset.
        Set(
            text, "session_text",
            $"var(txn.session),field(3,.),b64dec,aes_gcm_dec(256,txn.session_nonce,\"{session.Key}\",txn.session_proof)",
            $"{isMet} {{ var(txn.session_nonce) -m reg ^[A-Za-z0-9+/]{{16}}$ }} " +
            "{ var(txn.session_proof) -m reg ^[A-Za-z0-9+/]{22}==$ }");
        Set(text, "session_ends", "var(txn.session_text),field(1,|)", $"{isMet} {{ var(txn.session_text) -m found }}");
        foreach (var (index, header) in Headers.Index())
        {
            text.Line("http-request").Constant($"del-header {header} if {isMet}");
            text.Line("http-request")
                .Constant($"set-header {header} %[var(txn.session_text),field({index + 2},|),b64dec] if {isMet} {InForce}");
        }

        WriteHidden(text, session.Cookie, $"{isMet} {InForce}");
        if (session.Without == WithoutSession.Refuse)
        {
            BodyLines.WriteWait(text, $"{isMet} !{InForce}");
            text.Line("http-request").Constant($"deny deny_status 401 if {isMet} !{InForce}");
        }
        else if (session.Without == WithoutSession.SignIn)
        {
            var signsIn = $"{isMet} !{InForce}";
            text.Line("http-request").Constant($"set-header {Header}").Name(session.Id).Constant($"if {signsIn}");
            text.Line("http-request").Constant($"set-header {LoadBalancerHeader}").Name(session.LoadBalancer).Constant($"if {signsIn}");
            Set(text, "signs_in", "bool(true)", signsIn);
        }
    }

    /// <summary>Requests of a listener that go to CloudLb's server; before its rules.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="guard">Which requests are the listener's, as a condition; empty for all.</param>
    public static void WriteTargets(ConfigText text, PlannedListener listener, string guard)
    {
        if (AreIn(listener))
        {
            text.Line("use_backend").Word(Section).Constant($"if {guard}{{ var(txn.signs_in) -m found }}");
        }
    }

    /// <summary>Where CloudLb's server is, for all load balancers of a process.</summary>
    /// <param name="text">What it is added to.</param>
    /// <param name="socket">Where the server listens.</param>
    public static void WriteCommon(ConfigText text, string socket)
    {
        text.Section("backend").Word(Section).Constant("from base");
        text.Block($"""
              http-request wait-for-body time 10s if {Http2Lines.IsUsed}
              timeout connect 5s
              timeout queue 10s
              timeout server 30s
              option http-server-close
              http-response set-var(txn.location) res.hdr({ReasonHeader})
              http-response del-header {ReasonHeader}
            """);
        text.Line("server").Word("cloudlb").Quoted($"unix@{socket}").Word("maxconn").Number(MostSignIns);
    }

    /// <summary>Members need not see what is theirs already, and there is more room for that without it.</summary>
    private static void WriteHidden(ConfigText text, string cookie, string condition)
    {
        var name = cookie.Replace(".", "\\.", StringComparison.Ordinal);
        for (var number = 0; number < MostCookies; number++)
        {
            text.Line("http-request").Constant(
                $"replace-header cookie '^(.*?)(?:^{name}-{number}=[^;]*(?:; *|$)|; *{name}-{number}=[^;]*)(.*)$' '\\1\\2' if {condition}");
        }

        text.Line("http-request").Constant($"del-header cookie if {condition} {{ req.fhdr(cookie) -m len 0 }}");
    }

    private static void WriteDid(ConfigText text, bool isLogged, string condition)
    {
        if (isLogged)
        {
            Set(text, "did", $"str({Did})", condition);
        }
    }

    private static PlannedGate.Session? Of(PlannedListener listener) => listener.Rules
        .Select(rule => rule.Action)
        .Append(listener.DefaultAction)
        .Select(action => action.Gate)
        .OfType<PlannedGate.Session>()
        .FirstOrDefault();

    private static void Set(ConfigText text, string variable, string expression, string condition) =>
        text.Line("http-request").Constant($"set-var(txn.{variable}) {expression} if {condition}");

    [GeneratedRegex("^[A-Za-z0-9+/]{43}=$")]
    private static partial Regex OfKey();

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,128}$")]
    private static partial Regex OfCookie();
}
