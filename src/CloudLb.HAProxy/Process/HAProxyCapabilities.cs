namespace CloudLb.HAProxy.Process;

/// <summary>What the HAProxy at hand has beyond 2.6. Found by having it check a small file (<see cref="Probe"/>), never by its version.</summary>
internal sealed record HAProxyCapabilities
{
    /// <summary>As 2.6 is.</summary>
    public static readonly HAProxyCapabilities None = new();

    /// <summary>A configuration with a keyword for each capability.</summary>
    public const string Probe = """
        listen probe
          bind 127.0.0.1:1
          server name 127.0.0.1:1 no-sni-auto

        """;

    /// <summary>Each request's host is told to instances in the TLS handshake, and their certificate must have that name: <c>no-sni-auto</c> (3.4, not 3.2).</summary>
    public bool TellsHostInHandshake { get; init; }

    /// <summary>Reads what HAProxy says of the probe. Whatever it is that it cannot be asked, it is taken for a 2.6.</summary>
    public static HAProxyCapabilities Read(int exitCode, string text)
    {
        return exitCode == 0 || text.Contains("unknown keyword", StringComparison.Ordinal)
            ? new()
            {
                TellsHostInHandshake = Knows("no-sni-auto"),
            }
            : None;

        bool Knows(string keyword) => !text.Contains($"unknown keyword '{keyword}'", StringComparison.Ordinal);
    }
}
