using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Bench.Load;

/// <summary>
/// One request over a connection of its own, for a fraction of what HttpClient takes: there are twenty thousand listeners to look at, on
/// the processors that start them, and one that is not there yet costs HttpClient an exception.
/// </summary>
internal static class Glance
{
    private static readonly byte[] Request = "GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Whether the listener answers with that status.</summary>
    public static async Task<bool> ShowsAsync(IPEndPoint listener, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var arguments = new Connecting { RemoteEndPoint = listener };
        if (!await arguments.HasConnectedAsync(socket))
        {
            return false;
        }

        var wanted = Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)status} ");
        var answer = new byte[1024];
        try
        {
            await socket.SendAsync(Request, cancellationToken);
            var length = 0;
            while (length < wanted.Length && await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken) is > 0 and var count)
            {
                length += count;
            }

            return length >= wanted.Length && answer.AsSpan().StartsWith(wanted);
        }
        catch (SocketException)
        {
            // Reset: it is looked at again.
            return false;
        }
    }

    /// <summary>Connects and says whether that went well, without an exception.</summary>
    private sealed class Connecting : SocketAsyncEventArgs
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> HasConnectedAsync(Socket socket) =>
            socket.ConnectAsync(this) ? _done.Task : Task.FromResult(SocketError == SocketError.Success);

        protected override void OnCompleted(SocketAsyncEventArgs e) => _done.TrySetResult(SocketError == SocketError.Success);
    }
}
