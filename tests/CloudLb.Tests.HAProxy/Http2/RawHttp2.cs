using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A client that sends what it likes in frames of HTTP/2, over TLS, and counts what comes back.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    private const byte EndStream = 1, EndHeaders = 4;
    private const int HeadLength = 9;

    private readonly TcpClient _connection = new();
    private readonly int[] _frames = new int[256];
    private SslStream _stream = null!;
    private Task _reading = Task.CompletedTask;
    private int _refused, _mismatched;

    private RawHttp2()
    {
    }

    /// <summary>Whether the other side has closed the connection.</summary>
    public bool HasEnded => _reading.IsCompleted;

    /// <summary>Answers with status 503.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Answers with status 464.</summary>
    public int Mismatched => Volatile.Read(ref _mismatched);

    /// <summary>Answers with another status.</summary>
    public int Served => Frames(Headers) - Refused - Mismatched;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawHttp2> OpenAsync(PlannedLoadBalancer loadBalancer)
    {
        var client = new RawHttp2();
        await client._connection.ConnectAsync(loadBalancer.Address, Plans.Port, Token);
        client._stream = new(client._connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        var options = new SslClientAuthenticationOptions { TargetHost = "web", ApplicationProtocols = [SslApplicationProtocol.Http2] };
        await client._stream.AuthenticateAsClientAsync(options, Token);
        await client.SendAsync(
            [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, []), .. Frame(WindowUpdate, 0, 0, [0x7f, 0, 0, 0])]);
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>A request of the number, from 0.</summary>
    public static byte[] Get(int number, string path) => Frame(Headers, EndStream | EndHeaders, IdOf(number), Head(path));

    /// <summary>The same by POST, with a type and without a body.</summary>
    public static byte[] Post(int number, string path, string type) =>
        Frame(Headers, EndStream | EndHeaders, IdOf(number), [0x83, .. Head(path)[1..], .. Field("content-type", type)]);

    /// <summary>The begin of one whose head does not end, and a piece more of such a head.</summary>
    public static byte[] Begin(int number, string path) => Frame(Headers, EndStream, IdOf(number), Head(path));

    public static byte[] More(int number, byte[] block) => Frame(Continuation, 0, IdOf(number), block);

    public static byte[] Cancel(int number) => Frame(Reset, 0, IdOf(number), [0, 0, 0, 8]);

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length << 8) | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeadLength));
        return frame;
    }

    /// <summary>A field that is not put into the table, with its name and value as they are.</summary>
    public static byte[] Field(string name, string value) => [0, .. Text(name), .. Text(value)];

    /// <summary>How many frames of a type have come.</summary>
    public int Frames(byte type) => Volatile.Read(ref _frames[type]);

    public async Task SendAsync(byte[] frames)
    {
        await _stream.WriteAsync(frames, Token);
        await _stream.FlushAsync(Token);
    }

    /// <summary>Sends as long as the other side takes it, at most so often.</summary>
    public async Task FloodAsync(int times, Func<int, byte[]> frames)
    {
        try
        {
            for (var time = 0; time < times && !HasEnded; time++)
            {
                await SendAsync(frames(time));
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Close();
        await _reading;
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    private static int IdOf(int number) => (2 * number) + 1;

    // GET, https, the authority and the path: by their numbers in HPACK's table.
    private static byte[] Head(string path) => [0x82, 0x87, 0x41, .. Text("web"), 0x04, .. Text(path)];

    private static byte[] Text(string text)
    {
        const int Prefix = 127;
        if (text.Length < Prefix)
        {
            return [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        }

        var length = new List<byte> { Prefix };
        var rest = text.Length - Prefix;
        for (; rest >= 128; rest /= 128)
        {
            length.Add((byte)((rest % 128) | 128));
        }

        return [.. length, (byte)rest, .. Encoding.ASCII.GetBytes(text)];
    }

    private async Task ReadAsync()
    {
        var head = new byte[HeadLength];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(head, Token);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
                await _stream.ReadExactlyAsync(payload, Token);
                if (head[3] == Headers && payload.AsSpan().IndexOf("503"u8) >= 0)
                {
                    Interlocked.Increment(ref _refused);
                }

                if (head[3] == Headers && payload.AsSpan().IndexOf("464"u8) >= 0)
                {
                    Interlocked.Increment(ref _mismatched);
                }

                Interlocked.Increment(ref _frames[head[3]]);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The end.
        }
    }
}
