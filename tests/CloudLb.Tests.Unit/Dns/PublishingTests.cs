using System.Net;
using CloudLb.Dns.Answering;
using CloudLb.Dns.Publishing;

namespace CloudLb.Tests.Unit.Dns;

public sealed class PublishingTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_name_is_replaced_by_all_its_addresses_and_one_that_is_gone_by_nothing()
    {
        var server = new NameServer(IPEndPoint.Parse("10.0.0.53:5353"), "elb.test", "/key", "nsupdate");
        NamedAddress[] addresses = [new(IPAddress.Parse("10.0.0.7")), new(IPAddress.Parse("10.0.0.8")), new(IPAddress.Parse("fd00::7"))];

        var text = UpdateCommands.Of(server, [RecordSets.Of("a.elb.test", addresses), new("b.elb.test", [])]);

        Assert.Equal(
            """
            server 10.0.0.53 5353
            zone elb.test.
            update delete a.elb.test. A
            update delete a.elb.test. AAAA
            update add a.elb.test. 60 A 10.0.0.7
            update add a.elb.test. 60 A 10.0.0.8
            update add a.elb.test. 60 AAAA fd00::7
            update delete b.elb.test. A
            update delete b.elb.test. AAAA
            send

            """,
            text);
    }

    [Fact]
    public void Only_healthy_addresses_are_published_while_there_are_any()
    {
        NamedAddress[] addresses = [new(IPAddress.Parse("10.0.0.7"), IsHealthy: false), new(IPAddress.Parse("10.0.0.8"))];

        Assert.Equal(["10.0.0.8"], RecordSets.Of("a.elb.test", addresses).Addresses.Select(address => $"{address}"));
        Assert.Equal(["10.0.0.7"], RecordSets.Of("a.elb.test", addresses[..1]).Addresses.Select(address => $"{address}"));
    }

    [Fact]
    public void What_may_be_at_the_server_is_known_after_a_start_and_nothing_else_that_stands_in_the_file()
    {
        new PublishedNames(_file).Add(["a.elb.test", "b.elb.test"]);
        new PublishedNames(_file).Remove(["a.elb.test"]);
        File.AppendAllLines(_file, ["x y\nserver 10.0.0.1", "c.elb.test. A"]);

        Assert.Equal(["b.elb.test"], new PublishedNames(_file).All);
    }
}
