using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// The certificates of a server that speaks TLS 1.2 or older, read from the beginning of a handshake that goes no further: up to there all
/// is in the clear (RFC 5246, 7.4; RFC 2246 has the same form).
/// </summary>
/// <remarks>
/// For members with whom .NET ends no handshake on an OpenSSL as Debian 12 sets it up: those that know TLS 1.0 or 1.1 with DHE or ECDHE
/// alone, as their signatures have SHA-1, or Diffie-Hellman groups under 2048 bits. That such a member has the key to its certificate it
/// proves to HAProxy, in the handshake of each connection.
/// </remarks>
internal static class CertificateMessage
{
    private const byte AlertRecord = 21, HandshakeRecord = 22;
    private const byte ClientHello = 1, Certificate = 11;
    private const int RecordHeader = 5, MessageHeader = 4, LongestRecord = 16 * 1024 + 2048, LongestHandshake = 256 * 1024;

    /// <summary>
    /// ECDHE, DHE and RSA with ECDSA, RSA and DSS; AES and CAMELLIA: what HAProxy's OpenSSL knows. The last is no cipher but says that
    /// renegotiation is safe (RFC 5746).
    /// </summary>
    private static readonly ushort[] Suites =
    [
        0xc02b, 0xc02c, 0xc009, 0xc00a, 0xc023, 0xc024, 0xc02f, 0xc030, 0xc013, 0xc014, 0xc027, 0xc028, 0x009e, 0x009f, 0x0033, 0x0039,
        0x0067, 0x006b,
        0x00a2, 0x00a3, 0x0032, 0x0038, 0x0040, 0x006a, 0x009c, 0x009d, 0x002f, 0x0035, 0x003c, 0x003d, 0x0045, 0x0088, 0x0044, 0x0087,
        0x0041, 0x0084, 0x00ff,
    ];

    /// <summary>
    /// X25519 and the three curves of NIST (10), uncompressed points (11), and signatures by RSA, ECDSA and DSA with SHA-1 to SHA-512 (13).
    /// </summary>
    private static readonly byte[] Extensions =
    [
        0, 10, 0, 10, 0, 8, 0, 29, 0, 23, 0, 24, 0, 25,
        0, 11, 0, 2, 1, 0,
        0, 13, 0, 22, 0, 20, 4, 1, 4, 3, 5, 1, 5, 3, 6, 1, 6, 3, 2, 1, 2, 3, 2, 2, 8, 4,
    ];

    /// <summary>Null when the server refuses, or sends something else.</summary>
    /// <param name="stream">A new connection, on which nothing else can be done afterwards.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<X509Certificate2Collection?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Hello(), cancellationToken);
        var messages = new List<byte>();
        var header = new byte[RecordHeader];
        while (messages.Count < LongestHandshake)
        {
            await stream.ReadExactlyAsync(header, cancellationToken);
            var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3));
            if (header[0] is AlertRecord or not HandshakeRecord || length is 0 or > LongestRecord)
            {
                return null;
            }

            var record = new byte[length];
            await stream.ReadExactlyAsync(record, cancellationToken);
            messages.AddRange(record);
            if (Find(messages.ToArray(), Certificate, out var body))
            {
                return Read(body);
            }
        }

        return null;
    }

    /// <summary>Whether the message of this kind has arrived whole, among others before it.</summary>
    private static bool Find(ReadOnlySpan<byte> messages, byte kind, out ReadOnlySpan<byte> body)
    {
        while (messages.Length >= MessageHeader && Length(messages[1..]) is var length && messages.Length - MessageHeader >= length)
        {
            body = messages.Slice(MessageHeader, length);
            if (messages[0] == kind)
            {
                return true;
            }

            messages = messages[(MessageHeader + length)..];
        }

        body = default;
        return false;
    }

    private static X509Certificate2Collection? Read(ReadOnlySpan<byte> body)
    {
        const int LengthSize = 3;
        var certificates = new X509Certificate2Collection();
        for (var rest = body.Length > LengthSize ? body[LengthSize..] : default; rest.Length > LengthSize;)
        {
            var length = Length(rest);
            if (length == 0 || length > rest.Length - LengthSize)
            {
                throw new CryptographicException("The list of certificates does not end where it says.");
            }

            certificates.Add(X509CertificateLoader.LoadCertificate(rest.Slice(LengthSize, length)));
            rest = rest[(LengthSize + length)..];
        }

        return certificates.Count > 0 ? certificates : null;
    }

    private static byte[] Hello()
    {
        List<byte> body = [3, 3, .. RandomNumberGenerator.GetBytes(32), 0, 0, (byte)(Suites.Length * 2)];
        body.AddRange(Suites.SelectMany(suite => new[] { (byte)(suite >> 8), (byte)suite }));
        body.AddRange([1, 0, 0, (byte)Extensions.Length, .. Extensions]);
        var size = body.Count + MessageHeader;
        return [HandshakeRecord, 3, 1, (byte)(size >> 8), (byte)size, ClientHello, 0, (byte)(body.Count >> 8), (byte)body.Count, .. body];
    }

    private static int Length(ReadOnlySpan<byte> three) => (three[0] << 16) | (three[1] << 8) | three[2];
}
