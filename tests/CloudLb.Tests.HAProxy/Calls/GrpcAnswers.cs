using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>Servers of HTTP/2 at one address, a port each, that answer the first request on a connection with given bytes.</summary>
internal sealed class GrpcAnswers : IAsyncDisposable
{
    private const int FirstPort = 9200, HeadLength = 9;

    private readonly IReadOnlyList<byte[]> _answers;
    private readonly List<Socket> _listeners;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _serving = [];

    private GrpcAnswers(IReadOnlyList<byte[]> answers)
    {
        _answers = answers;
        _listeners = [.. answers.Select((_, number) => TestRequests.Listen(Address, FirstPort + number))];
        for (var number = 0; number < answers.Count; number++)
        {
            var each = number;
            _serving.Add(Task.Run(() => AcceptAsync(each)));
        }
    }

    public IPAddress Address { get; } = Loopback.Next();

    /// <summary>The heads of the requests, packed as they came.</summary>
    public ConcurrentQueue<byte[]> Heads { get; } = [];

    public static GrpcAnswers Start(params IReadOnlyList<byte[]> answers) => new(answers);

    public PlannedMember Planned(int number) =>
        new() { Target = $"i-{number}", Address = Address, Port = FirstPort + number, Weight = 1 };

    /// <summary>The head of an answer, a message that says that all is well, and trailers.</summary>
    public static byte[] Answer(byte[] trailers) =>
    [
        .. RawHttp2.Frame(RawHttp2.Headers, 4, 1, [0x88, .. RawHttp2.Field("content-type", "application/grpc")]),
        .. RawHttp2.Frame(RawHttp2.Data, 0, 1, [0, 0, 0, 0, 2, 8, 1]),
        .. RawHttp2.Frame(RawHttp2.Headers, 5, 1, trailers),
    ];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listeners.ForEach(listener => listener.Dispose());
        await Task.WhenAll(_serving);
    }

    private async Task AcceptAsync(int number)
    {
        try
        {
            while (true)
            {
                var socket = await _listeners[number].AcceptAsync(_stopping.Token);
                _serving.Add(Task.Run(() => ServeAsync(socket, _answers[number])));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It has been disposed of.
        }
    }

    private async Task ServeAsync(Socket socket, byte[] answer)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length], _stopping.Token);
            await stream.WriteAsync(RawHttp2.Frame(RawHttp2.Settings, 0, 0, [0, 3, 0, 0, 0, 1]), _stopping.Token);
            var head = new byte[HeadLength];
            do
            {
                await stream.ReadExactlyAsync(head, _stopping.Token);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload, _stopping.Token);
                if (head[3] == RawHttp2.Headers)
                {
                    Heads.Enqueue(payload);
                }
            }
            while (head[3] != RawHttp2.Data);

            // The last byte comes by itself, as it may.
            await stream.WriteAsync(answer.AsMemory(0, answer.Length - 1), _stopping.Token);
            await Task.Delay(10, _stopping.Token);
            await stream.WriteAsync(answer.AsMemory(answer.Length - 1), _stopping.Token);
            while (await stream.ReadAsync(head, _stopping.Token) > 0)
            {
                // What else the client says is of no interest.
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The other end is gone, or the test has ended.
        }
    }
}
