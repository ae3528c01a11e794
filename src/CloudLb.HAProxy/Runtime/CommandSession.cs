using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.HAProxy.Runtime;

/// <summary>
/// A conversation with one HAProxy process, open as long as the process: its end tells of the process's death, and an old process, which
/// takes no new conversations after SIGUSR1, can still be spoken to. Safe to call from any thread.
/// </summary>
/// <remarks>
/// Interactive mode: every answer ends with an empty line and a prompt (2.6 to 3.4), so that many commands can be under way at once.
/// </remarks>
internal sealed class CommandSession : IAsyncDisposable
{
    // HAProxy reads commands into a buffer of 16 KiB; what is on its way stays well below that.
    private const int CommandsAtOnce = 50;
    private const int ReceiveBuffer = 64 * 1024;
    private static readonly byte[] Prompt = "\n> "u8.ToArray();

    private readonly Socket _socket;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<string>> _waiting = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _reading;

    private CommandSession(Socket socket, TimeSpan timeout, TimeProvider clock)
    {
        (_socket, _timeout, _clock) = (socket, timeout, clock);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Cancelled when the process ends the conversation, or we do.</summary>
    public CancellationToken Closed => _closed.Token;

    public static async Task<CommandSession> OpenAsync(
        string path, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket
                .ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken)
                .AsTask()
                .WaitAsync(timeout, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            socket.Dispose();
            throw new RuntimeException($"HAProxy does not take commands at {path}: {exception.Message}", exception);
        }

        var session = new CommandSession(socket, timeout, clock);
        try
        {
            await session.SendAsync("prompt", cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The answer to one command, without the empty lines around it; empty where HAProxy has nothing to object.</summary>
    public async Task<string> SendAsync(string command, CancellationToken cancellationToken) =>
        (await SendAsync([command], cancellationToken))[0];

    /// <summary>The answers to commands that are carried out in this order, with none from elsewhere between them.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        var answers = new List<string>(commands.Count);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var chunk in commands.Chunk(CommandsAtOnce))
            {
                var waiting = Expect(chunk.Length);
                await _socket.SendAsync(Encoding.ASCII.GetBytes(string.Concat(chunk.Select(command => command + "\n"))), cancellationToken);
                answers.AddRange(await Task.WhenAll(waiting).WaitAsync(_timeout, _clock, cancellationToken));
            }

            return answers;
        }
        catch (TimeoutException exception)
        {
            Close();

            // What follows the first line of a command is what it carries, a private key for instance.
            throw new RuntimeException(
                $"HAProxy has not answered \"{commands[0].Split('\n')[0]}\" within {_timeout.TotalSeconds} s", exception);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Close();
            throw new RuntimeException("The HAProxy process is gone", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _reading;
    }

    private Task<string>[] Expect(int answers)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
            var waiting = new TaskCompletionSource<string>[answers];
            for (var i = 0; i < answers; i++)
            {
                waiting[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(waiting[i]);
            }

            return [.. waiting.Select(answer => answer.Task)];
        }
    }

    private async Task ReadAsync()
    {
        var received = new ReceivedAnswers(Prompt);
        try
        {
            while (await ReadSomeAsync(received))
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The process is gone or the conversation was ended: the same for those who wait.
        }

        Close();
    }

    /// <summary>A conversation is silent most of the time: it has memory for what comes only when something does.</summary>
    /// <returns>Whether more can come.</returns>
    private async Task<bool> ReadSomeAsync(ReceivedAnswers received)
    {
        await _socket.ReceiveAsync(Memory<byte>.Empty);
        var buffer = ArrayPool<byte>.Shared.Rent(ReceiveBuffer);
        try
        {
            var count = await _socket.ReceiveAsync(buffer);
            foreach (var answer in received.Add(buffer.AsSpan(0, count)))
            {
                lock (_lock)
                {
                    _waiting.TryDequeue(out var waiting);
                    waiting?.TrySetResult(answer);
                }
            }

            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            if (_closed.IsCancellationRequested)
            {
                return;
            }

            _socket.Dispose();
            while (_waiting.TryDequeue(out var waiting))
            {
                waiting.TrySetException(new RuntimeException("The HAProxy process has ended the conversation"));
            }
        }

        _closed.CancelAsync();
    }
}
