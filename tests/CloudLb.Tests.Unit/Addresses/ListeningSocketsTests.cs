using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Addresses;
using CloudLb.Elb.Domain;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class ListeningSocketsTests
{
    [Theory]
    [InlineData("127.200.1.1")]
    [InlineData("::1")]
    public void Who_listens_is_seen(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.Contains((IPEndPoint)listener.LocalEndpoint, new ListeningSockets(TimeProvider.System).Read());
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
