using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What requests must show before the action of the rule that they meet is taken. Looked at where it is known which rule that is
/// (<see cref="RewriteLines"/>), by the process that serves alone, as another one may not know the latest keys.
/// </summary>
/// <remarks>
/// A token's algorithm is ours and not the token's; its <c>crit</c>, which asks for what nobody here understands, is refused. A target may
/// look at another Authorization than the first, so there may be one alone. All of it tried with 2.6.12.
/// </remarks>
internal static class GateLines
{
    private const string Shown = "txn.shown", Token = "txn.token", Claims = "txn.claims";

    // Of these, what is in a token must hold: the one that must be there stands alone.
    private static readonly string[] Begins = ["nbf", "iat"];

    /// <summary>Whether an action of the listener asks for something.</summary>
    public static bool AreIn(PlannedListener listener) => Of(listener).Any();

    /// <summary>The lines of a listener.</summary>
    /// <param name="text">Where requests are looked at.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="guard">Which requests are the listener's, as a condition; empty for all.</param>
    /// <param name="isLogged">Whether a log tells what was done.</param>
    public static void Write(ConfigText text, PlannedListener listener, string guard, bool isLogged)
    {
        SessionLines.WriteCallback(text, listener, guard, isLogged);
        foreach (var (rule, gate) in Of(listener))
        {
            var isMet = guard + (rule is null ? "!{ var(txn.rule) -m found }" : RewriteLines.IsMet(rule));
            switch (gate)
            {
                case PlannedGate.BearerToken token:
                    Write(text, token, SessionLines.AreIn(listener) ? $"{isMet} {SessionLines.IsNotSignIn}" : isMet, isLogged);
                    break;
                case PlannedGate.Session session:
                    SessionLines.Write(text, session, isMet, isLogged);
                    break;
            }
        }
    }

    private static void Write(ConfigText text, PlannedGate.BearerToken token, string isMet, bool isLogged)
    {
        const string InForce = $"{{ var({Shown}) -m found }}";
        var reasons = isLogged ? new TokenReasons(text, $"{isMet} !{InForce}", Token, Claims, token.Keys.Count > 0) : null;
        Set(text, Token, "http_auth_bearer", $"{isMet} !{{ req.fhdr_cnt(authorization) gt 1 }}");
        Set(text, "txn.kid", $"var({Token}),jwt_header_query('$.kid')", isMet);
        foreach (var key in token.Keys)
        {
            var named = key.Id is { } id ? $"{{ var(txn.kid) -m str -- {Id(id)} }}" : "!{ var(txn.kid) -m found }";
            Set(
                text, Shown, "int(1)",
                $"{isMet} {named} {{ var({Token}),jwt_header_query('$.alg') -m str RS256 }} " +
                $"{{ var({Token}),jwt_verify(RS256,{KeyLines.FileOf(key)}) -m int 1 }}");
        }

        reasons?.WriteSignature();
        Refuse(text, $"{isMet} {{ var({Token}),field(1,.),ub64dec -m sub '\"crit\"' }}");
        reasons?.WriteForm();
        Set(text, Claims, $"var({Token}),field(2,.),ub64dec", $"{isMet} {InForce}");
        Set(text, "txn.exp", $"var({Token}),jwt_payload_query('$.exp','int')", $"{isMet} {InForce}");
        Refuse(text, $"{isMet} !{{ date,sub(txn.exp) lt 0 }}");
        reasons?.WriteClaim("exp", ClaimExpression.Number);
        foreach (var begin in Begins)
        {
            Set(text, $"txn.{begin}", $"var({Token}),jwt_payload_query('$.{begin}','int')", $"{isMet} {InForce}");
            Refuse(text, $"{isMet} {{ var(txn.{begin}) -m found }} !{{ date,sub(txn.{begin}) ge 0 }}");
            reasons?.WriteClaim(begin, ClaimExpression.Number);
        }

        foreach (var claim in token.Claims.Prepend(new("iss", ClaimForm.Text, [token.Issuer])))
        {
            foreach (var value in claim.Values)
            {
                Refuse(text, $"{isMet} !{{ var({Claims}) -m reg '{ClaimExpression.Of(claim.Name, claim.Form, value)}' }}");
            }

            reasons?.WriteClaim(claim.Name, ClaimExpression.Begin(claim.Form));
        }

        BodyLines.WriteWait(text, $"{isMet} !{InForce}");
        text.Line("http-request").Constant($"deny deny_status 401 if {isMet} !{InForce}");
    }

    private static string Id(string id) =>
        id.Length > 0 ? GlobExpression.Plain(id) : throw new UnwritableValueException(id, "is the empty id of a key");

    private static void Set(ConfigText text, string variable, string expression, string condition) =>
        text.Line("http-request").Constant($"set-var({variable}) {expression} if {condition}");

    private static void Refuse(ConfigText text, string condition) =>
        text.Line("http-request").Constant($"unset-var({Shown}) if {condition}");

    private static IEnumerable<(PlannedRule? Rule, PlannedGate Gate)> Of(PlannedListener listener) => listener.Rules
        .Select(rule => (Rule: (PlannedRule?)rule, rule.Action.Gate))
        .Append((Rule: null, listener.DefaultAction.Gate))
        .Where(each => each.Gate is not null)
        .Select(each => (each.Rule, each.Gate!));
}
