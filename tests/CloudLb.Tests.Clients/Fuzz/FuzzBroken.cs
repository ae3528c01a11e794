using System.Text;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// What is no HTTP, or only nearly: made by hand, or from a good request by changing bytes, leaving some out or ending early.
/// </summary>
internal sealed class FuzzBroken(Random random, string host)
{
    private static readonly string[] Heads =
    [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: {host}\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: {host}\r\n\r\n",
        "FOO / HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "get / HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET http://{host}/?Action=x HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET http://other/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /% HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /\x80\xff HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /?Action=\x80\xff HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nNo colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nA b: c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nA: b\0c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\n: c\r\n\r\n",
        "GET / HTTP/1.1\nHost: {host}\n\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nAuthorization: \xe9\xff\r\nX-Amz-Date: \xe9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: " +
        "AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1e3\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9223372036854775807\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000000\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: " +
        "chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
            "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: gzip, " +
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: " +
        "chunked\r\n\r\nffffffffffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "POST / HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
        "3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: {host}\r\nExpect: nonsense\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
        "3\r\n\r\nabc",
        "PUT /bucket/key HTTP/1.1\r\nHost: {host}\r\nAuthorization: AWS a:b\r\nContent-Length: 5\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: {host}\r\nX-Amz-Target: a.b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "\r\n\r\n\r\n",
        "\0\0\0\0",
    ];

    /// <param name="good">A request to be broken.</param>
    public FuzzRequest Next(byte[] good) => random.Next(6) switch
    {
        0 =>
            Broken(
                "broken, by hand",
                Encoding.Latin1.GetBytes(Heads[random.Next(Heads.Length)].Replace("{host}", host, StringComparison.Ordinal))),
        1 => Broken("broken, at random", Bytes(random.Next(500))),
        2 => Broken("broken, too long", TooLong()),
        3 => Broken("broken, ends early", good[..random.Next(good.Length)]),
        _ => Broken("broken, changed", Changed(good)),
    };

    private static FuzzRequest Broken(string kind, byte[] bytes) => new(kind, bytes) { IsBroken = true };

    private byte[] TooLong()
    {
        var much = new string('a', 100 + random.Next(40_000));
        var few = random.Next(200);
        return Encoding.ASCII.GetBytes(random.Next(3) switch
        {
            0 => $"GET /{much} HTTP/1.1\r\nHost: {host}\r\n\r\n",
            1 => $"GET / HTTP/1.1\r\nHost: {host}\r\nA: {much}\r\n\r\n",
            _ => $"GET / HTTP/1.1\r\nHost: {host}\r\n{string.Concat(Enumerable.Range(0, few).Select(number => $"A{number}: b\r\n"))}\r\n",
        });
    }

    private byte[] Changed(byte[] good)
    {
        const int UsualHead = 600;
        var bytes = good.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            bytes[random.Next(Math.Min(bytes.Length, UsualHead))] = (byte)random.Next(256);
        }

        return bytes;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
