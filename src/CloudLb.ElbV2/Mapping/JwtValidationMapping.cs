using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Tokens that requests must show: AWS's limits (API reference). The contract has held the formats against the model.</summary>
internal static class JwtValidationMapping
{
    private const int Longest = 256, MostClaims = 10, MostValues = 10;

    private static readonly string[] OfEveryToken = ["exp", "iss", "nbf", "iat"];

    public static JwtValidationAction ToDomain(Wire.JwtValidationActionConfig config)
    {
        var claims = config.AdditionalClaims ?? [];
        return claims.Count > MostClaims
            ? throw Invalid($"You cannot specify more than {MostClaims} additional claims")
            : new()
            {
                JwksEndpoint = Urls.Checked(config.JwksEndpoint),
                Issuer = Text("Issuer", config.Issuer),
                AdditionalClaims = claims.Select(Claim).ToEquatableArray(),
            };
    }

    public static Wire.JwtValidationActionConfig ToWire(JwtValidationAction action) => new()
    {
        JwksEndpoint = action.JwksEndpoint,
        Issuer = action.Issuer,
        AdditionalClaims = action.AdditionalClaims.Count == 0 ? null
            : [
                .. action.AdditionalClaims.Select(claim => new Wire.JwtValidationActionAdditionalClaim
                {
                    Format = claim.Format, Name = claim.Name, Values = [.. claim.Values],
                }),
            ],
    };

    private static AdditionalClaim Claim(Wire.JwtValidationActionAdditionalClaim claim)
    {
        if (OfEveryToken.Contains(claim.Name))
        {
            throw Invalid($"You cannot specify the claim '{claim.Name}', as it is validated by default");
        }

        if (claim.Values.Count is 0 or > MostValues)
        {
            throw Invalid($"You must specify between 1 and {MostValues} values for the claim '{ResourceNames.Cut(claim.Name)}'");
        }

        if (claim.Format == "single-string" && claim.Values.Count > 1)
        {
            throw Invalid($"You can specify only one value for the claim '{ResourceNames.Cut(claim.Name)}' of the format 'single-string'");
        }

        return claim.Format == "space-separated-values" && claim.Values.Any(value => value.Contains(' '))
            ? throw Invalid($"The values of the claim '{ResourceNames.Cut(claim.Name)}' cannot include spaces")
            : new(Text("Name", claim.Name), claim.Format, claim.Values.Select(value => Text("Values", value)).ToEquatableArray());
    }

    private static string Text(string parameter, string text) => text.Length switch
    {
        0 => throw Invalid($"The {parameter} parameter cannot be empty"),
        > Longest => throw Invalid($"The {parameter} parameter cannot be longer than '{Longest}' characters"),
        _ when text.Any(char.IsControl) || !IsWellFormed(text) => throw NotCarried.Because(parameter, text),
        _ => text,
    };

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
