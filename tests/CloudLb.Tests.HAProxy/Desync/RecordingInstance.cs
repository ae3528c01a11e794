using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>An instance that keeps its connections, and writes down what it gets on each.</summary>
internal sealed class RecordingInstance : IAsyncDisposable
{
    private readonly TcpListener _listener = new(Loopback.Next(), TestInstance.Port);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly bool _readsBodies;
    private readonly Func<string, string> _answer;
    private Task _accepting = Task.CompletedTask;

    private RecordingInstance(bool readsBodies, Func<string, string> answer) => (_readsBodies, _answer) = (readsBodies, answer);

    public IPAddress Address => ((IPEndPoint)_listener.LocalEndpoint).Address;

    /// <summary>What it got other than checks, in order.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = [];

    /// <param name="readsBodies">Whether it takes what follows a head for the body that the head tells of, or for a request.</param>
    /// <param name="answer">The answer to a head; an empty body unless it is given.</param>
    public static RecordingInstance Start(bool readsBodies = true, Func<string, string>? answer = null)
    {
        var instance = new RecordingInstance(readsBodies, answer ?? (_ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        instance._listener.Start();
        instance._accepting = instance.AcceptAsync();
        return instance;
    }

    public PlannedMember Planned() => new() { Target = "i-1", Address = Address, Port = TestInstance.Port, Weight = 1 };

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_serving);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var connection = new RecordedConnection();
        using (client)
        {
            var input = new RawInput(client.GetStream());
            try
            {
                while (await input.HeadAsync(_ending.Token) is { } head)
                {
                    if (!head.StartsWith("GET /ping ", StringComparison.Ordinal))
                    {
                        Requests.Enqueue(new(head, connection));
                    }

                    if (_readsBodies)
                    {
                        await ReadBodyAsync(input, head);
                    }

                    await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(_answer(head)), _ending.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The load balancer cut it, or the test is over.
            }
        }

        connection.IsClosed = true;
    }

    private async Task ReadBodyAsync(RawInput input, string head)
    {
        if (head.Contains("\r\ntransfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            await input.UntilAsync("0\r\n\r\n", _ending.Token);
        }
        else if (Value(head, "content-length") is { } text && int.TryParse(text, NumberStyles.None, null, out var length))
        {
            await input.BytesAsync(length, _ending.Token);
        }
    }

    private static string? Value(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
