using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Addresses;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class ListeningSocketsTests
{
    [Theory]
    [InlineData("127.200.1.1", null)]
    [InlineData("::1", null)]
    [InlineData("::", null)]
    [InlineData("127.200.1.1", "/proc/net")]
    [InlineData("::1", "/proc/net")]
    public void Who_listens_is_seen_and_nobody_else(string address, string? directory)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        using var client = new TcpClient(((IPEndPoint)listener.LocalEndpoint).AddressFamily);
        client.Connect(address == "::" ? IPAddress.IPv6Loopback : IPAddress.Parse(address), ((IPEndPoint)listener.LocalEndpoint).Port);

        var seen = new ListeningSockets(TimeProvider.System, directory).Read();
        Assert.Contains((IPEndPoint)listener.LocalEndpoint, seen);
        Assert.DoesNotContain((IPEndPoint)client.Client.LocalEndPoint!, seen);
    }

    [Fact]
    public void The_kernel_tells_of_hundreds_who_listen()
    {
        var listeners = Enumerable.Range(0, 1000).Select(_ => new TcpListener(IPAddress.Parse("127.200.3.1"), 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var places = listeners.Select(listener => (IPEndPoint)listener.LocalEndpoint).ToList();

        var seen = ListenQuery.Ask();
        listeners.ForEach(listener => listener.Dispose());
        Assert.Empty(places.Except(seen ?? []));
    }

    [Fact]
    public void Where_the_system_does_not_tell_nobody_listens() =>
        Assert.Empty(new ListeningSockets(TimeProvider.System, "/nowhere").Read());

    [Fact]
    public void An_address_on_which_somebody_listens_is_not_given_out_while_there_is_another()
    {
        using var listener = new TcpListener(IPAddress.Parse("127.200.2.1"), 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal("127.200.2.2", Allocate("127.200.2.0/30", 80));
        Assert.Equal("127.200.2.1", Allocate("127.200.2.1/32", taken == 80 ? 81 : 80));
        var (code, message) = Sample.Refusal(() => Allocate("127.200.2.1/32", taken));
        Assert.Equal("ServiceUnavailable", code);
        Assert.StartsWith("Other programs listen on every address", message, StringComparison.Ordinal);
    }

    private static string Allocate(string network, int port) =>
        new AddressPool([IPNetwork.Parse(network)], new ListeningSockets(TimeProvider.System))
            .Allocate(MemoryResources.Empty, [port])
            .ToString();
}
