using System.Text;
using CloudLb.Core.SignIns;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// The session of a client as cookies, as the data plane opens it: its end, who it is, the access token, the signed claims.
/// </summary>
internal static class SessionCookies
{
    private const int MostCookies = 4, Longest = 3800;

    /// <summary>Headers of a request have to find room for it, with everything else.</summary>
    private const int LongestSession = 15_000;

    /// <summary>The values of <c>Set-Cookie</c>; null where the session is too long.</summary>
    /// <remarks>Those that an earlier session had and this one has not are ended.</remarks>
    public static IReadOnlyList<string>? Of(SignIn signIn, DateTimeOffset ends, string identity, string accessToken, string data)
    {
        static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        if (new[] { identity, accessToken, data }.Any(text => text.Any(character => character is < ' ' or > '~')))
        {
            return null;
        }

        var text = Sealed.Seal(
            signIn.Key, $"{ends.ToUnixTimeSeconds()}|{Part(identity)}|{Part(accessToken)}|{Part(data)}");
        if (text.Length > LongestSession)
        {
            return null;
        }

        var parts = text.Chunk(Longest).Select(part => new string(part)).ToList();
        return
        [
            .. parts.Select((part, index) =>
                $"{signIn.Cookie}-{index}={part}; Expires={ends:R}; Path=/; HttpOnly; Secure; SameSite=None"),
            .. Enumerable.Range(parts.Count, MostCookies - parts.Count).Select(index =>
                $"{signIn.Cookie}-{index}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; Secure; SameSite=None"),
        ];
    }
}
