using System.Net.WebSockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A WebSocket through a load balancer to a <see cref="TestInstance"/>, which says what it is told.</summary>
internal sealed class TestSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private int _said;

    private TestSocket()
    {
    }

    /// <summary>The id of the instance at the other end, by its own words.</summary>
    public string Instance { get; private set; } = "";

    public static async Task<TestSocket> ConnectAsync(PlannedLoadBalancer loadBalancer)
    {
        var socket = new TestSocket();
        await socket._socket.ConnectAsync(
            new UriBuilder(loadBalancer.Url("/talk")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        socket.Instance = await socket.HearAsync();
        return socket;
    }

    /// <summary>Says something new, and fails unless it is said back.</summary>
    public async Task TalkAsync()
    {
        var text = $"message {++_said}";
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        Assert.Equal(text, await HearAsync());
    }

    /// <summary>Returns when the load balancer has ended the connection; fails if anything is heard before.</summary>
    public async Task IsCutAsync() =>
        await Assert.ThrowsAsync<WebSocketException>(() => HearAsync().WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken));

    /// <summary>Says goodbye, and fails unless that is answered.</summary>
    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    public void Dispose() => _socket.Dispose();

    private async Task<string> HearAsync()
    {
        var buffer = new byte[1024];
        var heard = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, heard.Count);
    }
}
