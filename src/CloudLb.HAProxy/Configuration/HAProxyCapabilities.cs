namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What the HAProxy at hand has beyond 2.6. Found by having it check a small file (<see cref="Probe"/>), never by its version.
/// </summary>
internal sealed record HAProxyCapabilities
{
    /// <summary>As 2.6 is, at the least.</summary>
    public static readonly HAProxyCapabilities None = new();

    /// <summary>A configuration with a keyword for each capability.</summary>
    public const string Probe = """
        global
          tune.cli.max-payload-size 131072
          lua-load-per-thread /dev/null
          tune.h2.fe.rxbuf 1638400

        listen probe
          bind 127.0.0.1:1
          server cookie 127.0.0.1:1 guid probe
          server state 127.0.0.1:1 init-state down
          server name 127.0.0.1:1 no-sni-auto

        """;

    private const int Reserved = 2 * 1024;

    /// <summary>
    /// A server that is added at run time has its dynamic cookie from the start; before, from the next <c>enable dynamic-cookie</c> on.
    /// Seen by
    /// <c>guid</c>, which came with it (3.0).
    /// </summary>
    public bool GivesCookiesAtOnce { get; init; }

    /// <summary>
    /// A header with a NUL is no HTTP to it, in requests and answers. Seen by <c>guid</c> as well, which came later: the change of January
    /// 2024 is in all of 3.0, and in some releases before, where a rule does the same once more.
    /// </summary>
    public bool RefusesNul { get; init; }

    /// <summary>Servers can be told to be down until a check passes: <c>init-state</c> (3.1).</summary>
    public bool HasInitialState { get; init; }

    /// <summary>
    /// Each request's host is told to instances in the TLS handshake, and their certificate must have that name: <c>no-sni-auto</c> (3.4,
    /// not 3.2).
    /// </summary>
    public bool TellsHostInHandshake { get; init; }

    /// <summary>
    /// What a command carries may be longer than a buffer: <c>tune.cli.max-payload-size</c>, 128 KiB unless it is set (3.4, not 3.2).
    /// </summary>
    public bool TakesLongPayloads { get; init; }

    /// <summary>It was built with Lua, as Debian's and most others are: <c>lua-load-per-thread</c>.</summary>
    public bool HasLua { get; init; }

    /// <summary>
    /// It gives a request over HTTP/2 as much of a window as there is room for, by itself: <c>tune.h2.fe.rxbuf</c> (3.1).
    /// </summary>
    public bool SizesWindows { get; init; }

    /// <summary>How many characters a command can carry; one with more ends the conversation.</summary>
    public int LongestPayload => (TakesLongPayloads ? 128 * 1024 : 16 * 1024) - Reserved;

    /// <summary>Reads what HAProxy says of the probe. Whatever it is that it cannot be asked, it is taken for a 2.6.</summary>
    public static HAProxyCapabilities Read(int exitCode, string text)
    {
        return exitCode == 0 || text.Contains("unknown keyword", StringComparison.Ordinal)
            ? new()
            {
                GivesCookiesAtOnce = Knows("guid"),
                RefusesNul = Knows("guid"),
                HasInitialState = Knows("init-state"),
                TellsHostInHandshake = Knows("no-sni-auto"),
                TakesLongPayloads = Knows("tune.cli.max-payload-size"),
                HasLua = Knows("lua-load-per-thread"),
                SizesWindows = Knows("tune.h2.fe.rxbuf"),
            }
            : None;

        bool Knows(string keyword) => !text.Contains($"unknown keyword '{keyword}'", StringComparison.Ordinal);
    }
}
