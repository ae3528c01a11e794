using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// One connection to a listener, over which a client asks again and again; unlike <see cref="HttpClient"/> it never asks over another one
/// instead.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly Socket _socket;
    private readonly Stream _stream;

    private KeptConnection(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>Whether an answer has said that the connection ends with it.</summary>
    public bool IsClosing { get; private set; }

    public static async Task<KeptConnection> OpenAsync(
        PlannedLoadBalancer loadBalancer, int port = Plans.Port, bool isSecure = false, IPAddress? source = null)
    {
        var socket = new Socket(loadBalancer.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (source is not null)
        {
            socket.Bind(new IPEndPoint(source, 0));
        }

        await socket.ConnectAsync(loadBalancer.Address, port, TestContext.Current.CancellationToken);
        var plain = new NetworkStream(socket);
        if (!isSecure)
        {
            return new(socket, plain);
        }

        var secure = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync("", null, checkCertificateRevocation: false);
        return new(socket, secure);
    }

    /// <summary>
    /// What a request without a body is answered: the status and the body; null where the connection ends without an answer.
    /// </summary>
    public Task<(int Status, string Body)?> GetAsync(string path = "/", string headers = "") =>
        AskAsync($"GET {path} HTTP/1.1\r\nHost: web\r\n{headers}\r\n");

    /// <summary>The same of a request that no client repeats by itself.</summary>
    public Task<(int Status, string Body)?> PostAsync(string body) =>
        AskAsync($"POST / HTTP/1.1\r\nHost: web\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>The same of a request to the byte.</summary>
    public async Task<(int Status, string Body)?> AskAsync(string request)
    {
        try
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            var answer = await ReadAsync();
            IsClosing |= answer?.Contains("\r\nconnection: close\r\n", StringComparison.OrdinalIgnoreCase) != false;
            return answer is null ? null : (int.Parse(answer.Split(' ')[1]), BodyOf(answer));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Sends a request and returns without an answer to it.</summary>
    public async Task BeginAsync(string path)
    {
        await _stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: web\r\n\r\n"), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await _stream.ReadAsync(new byte[LongestAnswer], TestContext.Current.CancellationToken));
    }

    /// <summary>Returns when the other side has closed the connection.</summary>
    public async Task IsClosedAsync()
    {
        try
        {
            while (await _stream
                .ReadAsync(new byte[LongestAnswer], TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Eventually.Limit) > 0)
            {
                // What was on its way.
            }
        }
        catch (IOException)
        {
            // Reset, which is as good.
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>An answer as long as its head says, whether it counts or is in chunks; null at the end of the connection.</summary>
    private async Task<string?> ReadAsync()
    {
        var buffer = new byte[LongestAnswer];
        var text = "";
        while (!IsWhole(text))
        {
            var count = await _stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Limit);
            if (count == 0)
            {
                return text.Length > 0 ? text : null;
            }

            text += Encoding.ASCII.GetString(buffer, 0, count);
        }

        return text;
    }

    private static string BodyOf(string answer)
    {
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (!answer.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        var chunks = "";
        for (var length = 1; length > 0;)
        {
            var start = body.IndexOf("\r\n", StringComparison.Ordinal) + 2;
            length = Convert.ToInt32(body[..(start - 2)], 16);
            chunks += body[start..(start + length)];
            body = body[(start + length + 2)..];
        }

        return chunks;
    }

    private static bool IsWhole(string text)
    {
        const string Length = "content-length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (end < 4)
        {
            return false;
        }

        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        return length is not null
            ? text.Length - end >= int.Parse(length[Length.Length..])
            : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
