using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Server.PoolAddresses;

/// <summary>Asks the holder of addresses, a connection for each question.</summary>
internal sealed class AddressHolderClient(string socketPath, TimeProvider clock)
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">It does not answer, or says no.</exception>
    public async Task<IReadOnlyList<IPAddress>> ListAsync(CancellationToken cancellationToken)
    {
        var (isDone, words) = await AskAsync(new(AddressRequest.List, null), cancellationToken);
        return isDone
            ? [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]
            : throw new IOException(words);
    }

    /// <returns>Why not; null when it is done.</returns>
    /// <exception cref="IOException">It does not answer.</exception>
    public async Task<string?> DoAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        var (isDone, words) = await AskAsync(request, cancellationToken);
        return isDone ? null : words;
    }

    private async Task<(bool IsDone, string Words)> AskAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var answer = await TalkAsync(socket, request, cancellationToken).WaitAsync(Patience, clock, cancellationToken);
            return answer.StartsWith("ok", StringComparison.Ordinal) ? (true, answer[2..])
                : answer.StartsWith("no ", StringComparison.Ordinal) ? (false, answer[3..])
                : throw new IOException("It hangs up; may this user ask?");
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or ArgumentException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private async Task<string> TalkAsync(Socket socket, AddressRequest request, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{request}\n"), cancellationToken);
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while (answer.Length < LongestAnswer && (count = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            answer.Write(buffer, 0, count);
        }

        return Encoding.ASCII.GetString(answer.ToArray()).TrimEnd('\n');
    }
}
