using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>A client's connection, on which it says what it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly RawInput _input;

    private RawClient(TcpClient client) => (_client, _input) = (client, new(client.GetStream()));

    public static async Task<RawClient> ConnectAsync(PlannedLoadBalancer loadBalancer, int port = Plans.Port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(loadBalancer.Address, port, TestContext.Current.CancellationToken);
        return new(client);
    }

    public Task SendAsync(string request) => SendAsync(Encoding.Latin1.GetBytes(request));

    public async Task SendAsync(byte[] request) => await _client.GetStream().WriteAsync(request, TestContext.Current.CancellationToken);

    /// <summary>The next answer's head and body; null when the connection has ended. Fails if neither comes.</summary>
    /// <param name="isBodiless">Whether it was asked by HEAD.</param>
    public async Task<(int Status, string Head, string Body)?> AnswerAsync(bool isBodiless = false)
    {
        try
        {
            var head = await _input
                .HeadAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
            if (head is null)
            {
                return null;
            }

            var status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
            var length = head
                .Split("\r\n")
                .FirstOrDefault(line => line.StartsWith("content-length: ", StringComparison.OrdinalIgnoreCase))?[16..];
            var left = isBodiless || status == 101 ? 0 : int.Parse(length ?? "0", CultureInfo.InvariantCulture);
            var body = await _input.BytesAsync(left, TestContext.Current.CancellationToken)
                .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
            return (status, head, body ?? "");
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Whether the connection still carries a request; false once the load balancer has ended it.</summary>
    public async Task<bool> IsKeptAsync()
    {
        try
        {
            await SendAsync("GET /after HTTP/1.1\r\nHost: example.com\r\n\r\n");
        }
        catch (IOException)
        {
            return false;
        }

        return await AnswerAsync() is { Status: 200 };
    }

    public void Dispose() => _client.Dispose();
}
