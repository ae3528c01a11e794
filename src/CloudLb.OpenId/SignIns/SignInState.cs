using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.SignIns;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// What a provider is given along and gives back: where the client wanted to go, bound to the client by a nonce in a cookie.
/// </summary>
/// <param name="Nonce">As it stands in the client's cookie.</param>
/// <param name="Until">After which it counts no more.</param>
/// <param name="Host">That the client asked.</param>
/// <param name="Target">Path and query of what it asked for.</param>
internal sealed record SignInState(string Nonce, DateTimeOffset Until, string Host, string Target)
{
    /// <summary>Providers and what stands before them take addresses of 8 KiB or so. Who has come from a longer one begins anew.</summary>
    private const int LongestTarget = 2048;

    /// <summary>AWS's: how long a client may take to sign in.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>What the ID token must say where it says any; it gives the cookie not away.</summary>
    public string TokenNonce => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Nonce)));

    public static SignInState New(DateTimeOffset now, string host, string target) => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), now + Patience, host, target.Length <= LongestTarget ? target : "/");

    /// <summary>Begins with the action's id, by which its key is found.</summary>
    public string SealedFor(SignIn signIn) =>
        $"{signIn.Id}.{Sealed.Seal(signIn.StateKey, $"{Nonce}|{Until.ToUnixTimeSeconds()}|{Host}|{Target}")}";

    /// <summary>Null where it was not sealed for an action that there is.</summary>
    public static (SignIn SignIn, SignInState State)? Open(ISignIns signIns, string text)
    {
        var dot = text.IndexOf('.');
        return dot > 0
            && signIns.Find(text[..dot]) is { } signIn
            && Sealed.Open(signIn.StateKey, text[(dot + 1)..])?.Split('|', 4) is [var nonce, var until, var host, var target]
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (signIn, new(nonce, DateTimeOffset.FromUnixTimeSeconds(seconds), host, target))
            : null;
    }
}
