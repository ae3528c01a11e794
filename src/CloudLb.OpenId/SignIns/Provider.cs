using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CloudLb.Core.SignIns;
using CloudLb.OpenId.Fetching;
using Microsoft.AspNetCore.Http;

namespace CloudLb.OpenId.SignIns;

/// <summary>What a provider is asked when a client has come back from it.</summary>
internal sealed class Provider(GuardedHttp http, IdTokens idTokens)
{
    private const int Longest = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The access token, and what the provider says of the client.</summary>
    /// <exception cref="SignInException">It cannot be asked, or does not answer as it should.</exception>
    public async Task<(string AccessToken, JsonElement Claims)> AskAsync(
        SignIn signIn, SignInState state, string code, string redirectUri, CancellationToken cancellationToken)
    {
        using var exchange = new HttpRequestMessage(HttpMethod.Post, signIn.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri,
            }),
        };
        var credentials = $"{Uri.EscapeDataString(signIn.ClientId)}:{Uri.EscapeDataString(signIn.ClientSecret)}";
        exchange.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        var tokens = await SendAsync(signIn, exchange, "TokenEp", "AuthInvalidTokenResponse", cancellationToken);
        var accessToken = Text(tokens, "access_token")
            ?? throw Wrong("AuthInvalidTokenResponse", "its answer has no access token");
        var idToken = Text(tokens, "id_token") ?? throw new SignInException(
            StatusCodes.Status401Unauthorized, "AuthInvalidTokenResponse", "its answer has no ID token, which the scope must ask for");
        var subject = await idTokens.ReadAsync(signIn, state, idToken);

        using var question = new HttpRequestMessage(HttpMethod.Get, signIn.UserInfoEndpoint);
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var claims = await SendAsync(signIn, question, "UserinfoEp", "AuthInvalidUserinfoResponse", cancellationToken);
        return Text(claims, "sub") == subject
            ? (accessToken, claims)
            : throw Wrong("AuthInvalidUserinfoResponse", "its user info is of another subject than its ID token");
    }

    /// <param name="signIn">Whose provider.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="endpoint">In AWS's word.</param>
    /// <param name="invalid">The reason where what comes is no JSON object.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    private async Task<JsonElement> SendAsync(
        SignIn signIn, HttpRequestMessage request, string endpoint, string invalid, CancellationToken cancellationToken)
    {
        try
        {
            var body = await http.SendAsync(signIn.Account, request, Longest, cancellationToken);
            return JsonDocument.Parse(Encoding.UTF8.GetString(body), Strict).RootElement is { ValueKind: JsonValueKind.Object } root
                ? root
                : throw Wrong(invalid, "its answer is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new SignInException(SignInException.OfProvider, invalid, "its answer is no JSON", exception);
        }
        catch (FetchException exception) when (exception.IsTooLong && invalid == "AuthInvalidUserinfoResponse")
        {
            throw new SignInException(
                StatusCodes.Status401Unauthorized, "AuthUserinfoResponseSizeExceeded", exception.Message, exception);
        }
        catch (FetchException exception) when (exception.Status is not null || exception.IsTooLong)
        {
            throw new SignInException(SignInException.OfProvider, $"Auth{endpoint}RequestFailed", exception.Message, exception);
        }
        catch (FetchException exception)
        {
            throw new SignInException(
                StatusCodes.Status500InternalServerError, $"Auth{endpoint}RequestTimeout", exception.Message, exception);
        }
    }

    /// <summary>Null where it is absent, empty or no text.</summary>
    private static string? Text(JsonElement answer, string name)
    {
        try
        {
            return answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    private static SignInException Wrong(string reason, string message) => new(SignInException.OfProvider, reason, message);
}
