using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Bench.Load;

/// <summary>
/// One kept-alive connection that costs a quarter of what HttpClient does: what is measured is the server, and both share the processors.
/// Used by one thread.
/// </summary>
internal sealed class PlainConnection : IDisposable
{
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    public PlainConnection(Uri url) => _socket.Connect(IPAddress.Parse(url.Host), url.Port);

    /// <summary>Sends a signed form and reads the answer, which has a Content-Length. One that is no success ends the benchmark.</summary>
    public void Call(HttpRequestMessage request, string form)
    {
        var text = new StringBuilder("POST / HTTP/1.1\r\nHost: ").Append(request.RequestUri!.Authority).Append("\r\n");
        foreach (var (name, value) in request.Headers.NonValidated.Concat(request.Content!.Headers.NonValidated))
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        _socket.Send(Encoding.ASCII.GetBytes(text.Append("\r\n").Append(form).ToString()));
        var answer = Receive();
        if (!answer.StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException($"A change was refused: {Encoding.UTF8.GetString(answer)}");
        }
    }

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Receive()
    {
        var (length, whole) = (0, int.MaxValue);
        while (length < whole)
        {
            var received = _socket.Receive(_answer, length, _answer.Length - length, SocketFlags.None);
            if (received == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            length += received;
            var headers = _answer.AsSpan(0, length).IndexOf(EndOfHeaders);
            if (headers >= 0)
            {
                whole = headers + EndOfHeaders.Length + ContentLength(Encoding.ASCII.GetString(_answer, 0, headers));
            }
        }

        return _answer.AsSpan(0, length);
    }

    private static int ContentLength(string headers) => headers.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture))
        .First();
}
