using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>A program that accepts connections and answers whatever comes first with the same bytes, or with nothing for ever.</summary>
internal sealed class RawServer : IDisposable
{
    private const int LongestRequest = 8192;
    private readonly TcpListener _listener;
    private readonly List<TcpClient> _clients = [];
    private readonly Task _serving;

    /// <param name="answer">Null for a program that hangs.</param>
    public RawServer(byte[]? answer)
    {
        Address = $"{Ports.Network()}.1";
        _listener = new TcpListener(IPAddress.Parse(Address), 0);
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public string Address { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Stop();
        lock (_clients)
        {
            _clients.ForEach(client => client.Dispose());
        }
    }

    private async Task ServeAsync(byte[]? answer)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                lock (_clients)
                {
                    _clients.Add(client);
                }

                if (answer is not null)
                {
                    await AnswerAsync(client, answer);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task AnswerAsync(TcpClient client, byte[] answer)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[LongestRequest]);
                await stream.WriteAsync(answer);
            }
        }
        catch (IOException)
        {
            // The check did not wait.
        }
    }
}
