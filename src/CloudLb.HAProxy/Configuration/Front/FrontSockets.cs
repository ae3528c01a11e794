using System.Security.Cryptography;
using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The sockets by which listeners take what comes to a shared address, one each, whichever cell they are in.</summary>
/// <param name="Directory">Where they are: whom the processes become may reach it, and nobody else.</param>
/// <param name="User">Whom the processes become; null when they stay who they are.</param>
internal sealed record FrontSockets(string Directory, uint? User)
{
    // Thirteen times five bits, as no name of a listener fits into a socket's path.
    private const int Length = 13;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private const string Ending = ".in";

    /// <summary>Those that there are, whoever has left them.</summary>
    public string[] All() => System.IO.Directory.GetFiles(Directory, $"*{Ending}");

    /// <param name="listener">The name of its frontend.</param>
    public string Of(string listener)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(listener));
        return Path.Combine(Directory, string.Concat(hash.Take(Length).Select(part => Letters[part % Letters.Length])) + Ending);
    }
}
