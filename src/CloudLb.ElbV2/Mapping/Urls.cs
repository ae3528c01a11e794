using CloudLb.AwsApi;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Addresses of providers, which CloudLb asks or sends clients to.</summary>
internal static class Urls
{
    private const int Longest = 256;

    /// <summary>An https URL without a user or a fragment, of visible ASCII.</summary>
    public static string Checked(string url) =>
        url.Length <= Longest
        && url.All(character => character is > ' ' and <= '~' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", UserInfo: "", Fragment: "", Host.Length: > 0 }
            ? url
            : throw CommonErrors.ValidationError.Because($"The '{ResourceNames.Cut(url)}' URL is not valid");
}
