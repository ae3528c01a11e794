using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>The code flow at a provider: whoever comes is signed in at once. It answers wrongly where it is told to.</summary>
internal sealed class ProviderSignIn(string issuer)
{
    /// <summary>What it knows its one client by; each has what must be escaped.</summary>
    public const string ClientId = "web +1", ClientSecret = "a secret: %&=+";

    private static readonly ProviderKey Key = new("id tokens");

    /// <summary>By code: what came along.</summary>
    private readonly ConcurrentDictionary<string, (string RedirectUri, string? Nonce)> _codes = new();

    private readonly ConcurrentDictionary<string, bool> _accessTokens = new();
    private int _tokenRequests;

    /// <summary>What is wrong with what it says.</summary>
    public string Wrong { get; set; } = "";

    public string Subject { get; set; } = "somebody";

    /// <summary>How often it was asked for tokens.</summary>
    public int TokenRequests => Volatile.Read(ref _tokenRequests);

    public void Map(WebApplication application)
    {
        application.MapGet("/authorize", Authorize);
        application.MapPost("/token", (Delegate)TokenAsync);
        application.MapGet("/userinfo", (Delegate)UserInfoAsync);
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || !query["scope"].ToString().Contains("openid"))
        {
            return Results.BadRequest();
        }

        var back = new Dictionary<string, string?> { ["state"] = query["state"] };
        if (Wrong is "access_denied" or "server_error")
        {
            back["error"] = Wrong;
        }
        else
        {
            var code = RandomNumberGenerator.GetHexString(32);
            _codes[code] = (query["redirect_uri"].ToString(), query["nonce"]);
            back["code"] = code;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), back));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        Interlocked.Increment(ref _tokenRequests);
        var form = await context.Request.ReadFormAsync();
        var credentials = $"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}";
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}")
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        if (form["grant_type"] != "authorization_code" || !_codes.TryRemove(form["code"].ToString(), out var given)
            || form["redirect_uri"] != given.RedirectUri)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        if (await WrongAsync(context, "token") is { } wrong)
        {
            return wrong;
        }

        var accessToken = RandomNumberGenerator.GetHexString(32);
        _accessTokens[accessToken] = true;
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Wrong == "issuer" ? "https://other.test" : issuer,
            ["aud"] = Wrong == "audience" ? "other" : Wrong == "audiences" ? new[] { ClientId, "other" } : ClientId,
            ["exp"] = DateTimeOffset.UtcNow.AddHours(Wrong == "expired" ? -1 : 1).ToUnixTimeSeconds(),
            ["sub"] = Subject,
            ["nonce"] = Wrong == "nonce" ? "other" : given.Nonce,
        };
        var idToken = Wrong switch
        {
            "no ID token" => null,
            "unsigned" => ProviderKey.Unsigned(claims),
            _ => Key.Sign(claims),
        };
        return Results.Json(new { access_token = accessToken, token_type = "Bearer", id_token = idToken });
    }

    private async Task<IResult> UserInfoAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal) || !_accessTokens.ContainsKey(authorization["Bearer ".Length..]))
        {
            return Results.Unauthorized();
        }

        return await WrongAsync(context, "user info") ?? (Wrong == "twice the same"
            ? Results.Text($$"""{"sub":"{{Subject}}","a":1,"a":2}""")
            : Results.Json(new
            {
                sub = Wrong == "subject" ? "other" : Subject, email = "é@example.com",
                claim = new string('x', Wrong == "much" ? 20_000 : 1),
            }));
    }

    private async Task<IResult?> WrongAsync(HttpContext context, string of)
    {
        if (Wrong == $"{of} slow")
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        if (Wrong == $"{of} without an end")
        {
            var blank = new byte[64 * 1024];
            while (true)
            {
                await context.Response.Body.WriteAsync(blank, context.RequestAborted);
            }
        }

        return Wrong == $"{of} error" ? Results.StatusCode(500)
            : Wrong == $"{of} garbage" ? Results.Text("{")
            : Wrong == $"{of} moved" ? Results.Redirect("https://127.0.0.1:1/")
            : null;
    }
}
