using System.Text.RegularExpressions;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>
/// Sessions that a provider stands for, with AWS's defaults. The contract has held what is done without one against the model.
/// </summary>
internal static partial class AuthenticateOidcMapping
{
    private const int Longest = 1024, LongestSession = 604_800, MostExtraParameters = 10;

    private const string UsualCookie = "AWSELBAuthSessionCookie";

    /// <summary>What is sent along anyway.</summary>
    private static readonly string[] Ours = ["client_id", "nonce", "redirect_uri", "response_type", "scope", "state"];

    /// <param name="config">The request's.</param>
    /// <param name="seal">Seals a secret for the load balancer.</param>
    public static AuthenticateOidcAction ToDomain(Wire.AuthenticateOidcActionConfig config, Func<string, SealedText> seal)
    {
        var timeout = config.SessionTimeout ?? LongestSession;
        return new()
        {
            Issuer = Urls.Checked(config.Issuer),
            AuthorizationEndpoint = Urls.Checked(config.AuthorizationEndpoint),
            TokenEndpoint = Urls.Checked(config.TokenEndpoint),
            UserInfoEndpoint = Urls.Checked(config.UserInfoEndpoint),
            ClientId = Text("ClientId", config.ClientId),
            ClientSecret = Secret(config, seal),
            SessionCookieName = Cookie(config.SessionCookieName),
            Scope = string.IsNullOrEmpty(config.Scope) ? "openid" : Text("Scope", config.Scope),
            SessionTimeout = timeout is >= 1 and <= LongestSession
                ? (int)timeout
                : throw Invalid($"Session timeout must be between 1 and {LongestSession} seconds"),
            ExtraParameters = ExtraParameters(config.AuthenticationRequestExtraParams ?? new Dictionary<string, string>()),
            OnUnauthenticatedRequest = config.OnUnauthenticatedRequest ?? "authenticate",
        };
    }

    /// <summary>The secret is never told.</summary>
    public static Wire.AuthenticateOidcActionConfig ToWire(AuthenticateOidcAction action) => new()
    {
        Issuer = action.Issuer,
        AuthorizationEndpoint = action.AuthorizationEndpoint,
        TokenEndpoint = action.TokenEndpoint,
        UserInfoEndpoint = action.UserInfoEndpoint,
        ClientId = action.ClientId,
        SessionCookieName = action.SessionCookieName,
        Scope = action.Scope,
        SessionTimeout = action.SessionTimeout,
        AuthenticationRequestExtraParams = action.ExtraParameters.Count == 0
            ? null
            : action.ExtraParameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        OnUnauthenticatedRequest = action.OnUnauthenticatedRequest,
    };

    /// <summary>One that is given counts, also beside the word that there is one: Ansible sends both for a rule that is new.</summary>
    private static SealedText? Secret(Wire.AuthenticateOidcActionConfig config, Func<string, SealedText> seal) => config switch
    {
        { ClientSecret: { } secret } => seal(Text("ClientSecret", secret)),
        { UseExistingClientSecret: true } => null,
        _ => throw Invalid("For actions of type 'authenticate-oidc', you must specify the following fields: 'ClientSecret'"),
    };

    /// <summary>Not one that would be an application's sticky cookie, whose names end in numbers too.</summary>
    private static string Cookie(string? name) => string.IsNullOrEmpty(name) ? UsualCookie
        : !OfCookie().IsMatch(name) ? throw Invalid($"The session cookie name '{ResourceNames.Cut(name)}' is not valid")
        : name == "AWSALBAPP" ? throw NotCarried.Because("SessionCookieName", name)
        : name;

    private static EquatableArray<ExtraParameter> ExtraParameters(IReadOnlyDictionary<string, string> given)
    {
        if (given.Count > MostExtraParameters)
        {
            throw Invalid($"You cannot specify more than {MostExtraParameters} extra parameters of the authentication request");
        }

        return given.Keys.FirstOrDefault(name => Ours.Contains(name)) is { } ours
            ? throw NotCarried.Because("AuthenticationRequestExtraParams", ours)
            : given.OrderBy(each => each.Key, StringComparer.Ordinal)
                .Select(each => new ExtraParameter(
                    Text("AuthenticationRequestExtraParams", each.Key), Text("AuthenticationRequestExtraParams", each.Value)))
                .ToEquatableArray();
    }

    /// <summary>Visible ASCII and blanks.</summary>
    private static string Text(string parameter, string text) => text.Length switch
    {
        0 => throw Invalid($"The {parameter} parameter cannot be empty"),
        > Longest => throw Invalid($"The {parameter} parameter cannot be longer than '{Longest}' characters"),
        _ when text.Any(character => character is < ' ' or > '~') => throw Invalid($"The {parameter} parameter has invalid characters"),
        _ => text,
    };

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex OfCookie();
}
