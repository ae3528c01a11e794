using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What a client of HTTP/2 sends for one call (RFC 9113), with its head in the plainest form of HPACK (RFC 7541).</summary>
internal static class Http2Frames
{
    /// <summary>Fields of HPACK's table, whole or with the name alone.</summary>
    public const byte Post = 0x83, Http = 0x86, Https = 0x87, Authority = 0x01;

    private const byte NamedPath = 0x04, NameFollows = 0x00;

    /// <summary>How a client begins: a constant and its settings, which say that nothing is to be pushed.</summary>
    public static ReadOnlySpan<byte> Preface =>
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u0000"u8;

    /// <summary>That the server's settings were heard.</summary>
    public static ReadOnlySpan<byte> SettingsHeard => [0, 0, 0, 4, 1, 0, 0, 0, 0];

    /// <summary>The frame of the first request's head, after its length: the whole head.</summary>
    public static ReadOnlySpan<byte> HeadOfFirst => [1, 4, 0, 0, 0, 1];

    /// <summary>The first request's body, which ends it: a message of gRPC that is not compressed and has no bytes.</summary>
    public static ReadOnlySpan<byte> EmptyMessage => [0, 0, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0];

    public static byte[] Path(string path) => [NamedPath, .. Text(path)];

    public static byte[] ContentType(string type) => [0x0f, 0x10, .. Text(type)];

    public static byte[] UserAgent(string agent) => [0x0f, 0x2b, .. Text(agent)];

    public static byte[] Field(string name, string value) => [NameFollows, .. Text(name), .. Text(value)];

    /// <summary>Printable ASCII as it is, after its length: in one byte, or from 127 on in more with the lowest seven bits first.</summary>
    private static byte[] Text(string text)
    {
        const int Full = 127, More = 128;
        var bytes = Encoding.ASCII.GetBytes(text);
        if (bytes.Length < Full)
        {
            return [(byte)bytes.Length, .. bytes];
        }

        var length = new List<byte> { Full };
        var rest = bytes.Length - Full;
        for (; rest >= More; rest /= More)
        {
            length.Add((byte)((rest % More) | More));
        }

        return [.. length, (byte)rest, .. bytes];
    }
}
