using System.Text.Json;
using CloudLb.Core.SignIns;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// Signs clients in by the code flow: sends them to the provider, and gives those that come back a session. Requests come from the data
/// plane alone, which says in headers what a client has met, or whose client has come back.
/// </summary>
internal sealed partial class SignInFlow(
    ISignIns signIns, Provider provider, ClaimSigner signer, Questions questions, TimeProvider clock, ILogger<SignInFlow> logger)
{
    private const string Header = "x-cloudlb-sign-in", LoadBalancerHeader = "x-cloudlb-load-balancer";

    private const string Callback = "/oauth2/idpresponse", NonceCookie = "AWSALBAuthNonce";

    private const string Ended = $"{NonceCookie}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; Secure; SameSite=None";

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Server = Pages.Server;
        try
        {
            if (context.Request.Headers[Header].ToString() is { Length: > 0 } id)
            {
                Begin(context, signIns.Find(id) ?? throw Gone());
            }
            else
            {
                await CompleteAsync(context);
            }
        }
        catch (SignInException exception)
        {
            await Pages.AnswerAsync(context, exception.Status, exception.Reason);
        }
    }

    private void Begin(HttpContext context, SignIn signIn)
    {
        if (context.Request.Host.Value is not { Length: > 0 } host)
        {
            throw Unauthorized("AuthMissingHostHeader");
        }

        var state = SignInState.New(clock.GetUtcNow(), host, Target(context));
        IEnumerable<KeyValuePair<string, string?>> parameters =
        [
            new("client_id", signIn.ClientId), new("redirect_uri", RedirectUri(state)), new("response_type", "code"),
            new("scope", signIn.Scope), new("state", state.SealedFor(signIn)), new("nonce", state.TokenNonce),
            .. signIn.ExtraParameters.Select(parameter => new KeyValuePair<string, string?>(parameter.Key, parameter.Value)),
        ];
        context.Response.Headers.Append(
            "Set-Cookie", $"{NonceCookie}={state.Nonce}; Expires={state.Until:R}; Path=/; HttpOnly; Secure; SameSite=None");
        context.Response.Redirect(QueryHelpers.AddQueryString(signIn.AuthorizationEndpoint, parameters));
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var (query, now) = (context.Request.Query, clock.GetUtcNow());
        if (query["state"].ToString() is not { Length: > 0 } text)
        {
            throw Unauthorized("AuthMissingStateParam");
        }

        if (SignInState.Open(signIns, text) is not var (signIn, state)
            || signIn.LoadBalancer != context.Request.Headers[LoadBalancerHeader].ToString()
            || state.Until <= now || state.Host != context.Request.Host.Value)
        {
            throw Unauthorized("AuthInvalidStateParam");
        }

        if (context.Request.Cookies[NonceCookie] is not { Length: > 0 } nonce)
        {
            throw Unauthorized("AuthMissingAWSALBAuthNonce");
        }

        if (nonce != state.Nonce)
        {
            throw Unauthorized("AuthInvalidAWSALBAuthNonce");
        }

        try
        {
            if (query["code"].ToString() is not { Length: > 0 } code)
            {
                throw new SignInException(
                    query["error"] == "access_denied" ? StatusCodes.Status401Unauthorized : SignInException.OfProvider,
                    "AuthMissingCodeParam", $"it says '{Shown(query["error"].ToString())}'");
            }

            var (accessToken, claims) = await questions.AskAsync(
                signIn.Account, () => provider.AskAsync(signIn, state, code, RedirectUri(state), context.RequestAborted));
            Give(context, signIn, state, now, accessToken, claims);
        }
        catch (SignInException exception)
        {
            Log.NotSignedIn(logger, signIn.Issuer, exception.Message);
            throw;
        }
    }

    private void Give(HttpContext context, SignIn signIn, SignInState state, DateTimeOffset now, string accessToken, JsonElement claims)
    {
        var ends = now + signIn.SessionTimeout;
        var data = signer.Sign(signIn, claims, ends);
        var cookies = SessionCookies.Of(signIn, ends, claims.GetProperty("sub").GetString()!, accessToken, data)
            ?? throw new SignInException(
                StatusCodes.Status401Unauthorized, "AuthUserinfoResponseSizeExceeded", "what it says of a client finds no room in cookies");
        foreach (var cookie in cookies.Append(Ended))
        {
            context.Response.Headers.Append("Set-Cookie", cookie);
        }

        context.Response.Redirect($"https://{state.Host}{state.Target}");
    }

    /// <summary>Path and query as they were sent; what has none of its own becomes the root.</summary>
    private static string Target(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return raw.StartsWith('/') ? raw : Uri.TryCreate(raw, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
    }

    /// <summary>A provider compares it to the letter; AWS writes hosts in lower case.</summary>
    private static string RedirectUri(SignInState state) => $"https://{state.Host.ToLowerInvariant()}{Callback}";

    /// <summary>Fit for a log.</summary>
    private static string Shown(string text) =>
        new([.. text.Take(64).Where(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')]);

    private static SignInException Unauthorized(string reason) => new(StatusCodes.Status401Unauthorized, reason, reason);

    private static SignInException Gone() =>
        new(StatusCodes.Status500InternalServerError, "AuthUnhandledException", "there is no such action any more");

    private static partial class Log
    {
        [LoggerMessage(8711, LogLevel.Warning, "The provider {Issuer} has not signed a client in: {Fault}")]
        public static partial void NotSignedIn(ILogger logger, string issuer, string fault);
    }
}
