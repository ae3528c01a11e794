using System.Net;

namespace CloudLb.Tests.Nginx;

/// <summary>Many flows to one listener at once.</summary>
internal sealed class Flood(IPEndPoint listener, int flows) : IDisposable
{
    private readonly List<DatagramClient> _clients = [.. Enumerable.Range(0, flows).Select(_ => new DatagramClient())];

    /// <summary>One datagram each.</summary>
    public async Task SendAsync()
    {
        foreach (var client in _clients)
        {
            await client.SendAsync(listener, $"flood-{client.Port}");
        }
    }

    /// <summary>How many of the flows have reached the target.</summary>
    public int Distinct(EchoTarget target) => target.Received.Select(received => received.Text)
        .Where(text => text.StartsWith("flood-", StringComparison.Ordinal)).Distinct().Count();

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
