using System.Net;
using CloudLb.Dns.Answering;
using CloudLb.Dns.Messages;

namespace CloudLb.Tests.Unit.Dns;

public sealed class ResponderTests
{
    private const string Web = "web-123.us-east-1.elb.test", Net = "net-0123456789abcdef.elb.us-east-1.elb.test";

    private static readonly Dictionary<string, NamedAddress[]> Names = new()
    {
        [Web] = [Address("10.0.0.1"), Address("10.0.0.2"), Address("10.0.0.3")],
        [Net] = [Address("10.0.0.6")],
        [$"us-east-1a.{Net}"] = [Address("10.0.0.6")],
        ["both-1.us-east-1.elb.test"] = [Address("10.0.0.4"), Address("fd00::4")],
        ["internal-db-1.us-east-1.elb.test"] = [Address("10.0.0.5") with { IsInternal = true }],
        ["net-0123456789abcdef.us-east-1.elb.test"] = [Address("10.0.0.6") with { IsInternal = true }],
        ["internal-x-1.us-east-1.elb.test"] = [Address("10.0.0.7")],
        ["large-1.us-east-1.elb.test"] = [.. Enumerable.Range(1, 60).Select(number => Address($"10.0.1.{number}"))],
    };

    private readonly Responder _responder = new(new(
        "elb.test", [IPAddress.Parse("192.0.2.53")], [IPNetwork.Parse("10.0.0.0/8")], name => Names.GetValueOrDefault(name), () => 7));

    [Fact]
    public void Addresses_come_in_turn_each_the_first_one_once()
    {
        var firsts = Enumerable.Range(0, 6).Select(_ => Ask(Web, RecordType.A)).ToList();

        Assert.All(firsts, seen => Assert.Equal(["10.0.0.1", "10.0.0.2", "10.0.0.3"], seen.Addresses.Order()));
        Assert.All(firsts.CountBy(seen => seen.Addresses[0]), count => Assert.Equal(2, count.Value));
        Assert.All(firsts, seen => Assert.Equal((ResponseCode.NoError, true, false), (seen.Code, seen.IsAuthoritative, seen.IsCut)));
    }

    [Theory]
    [InlineData("WEB-123.us-EAST-1.Elb.Test", "A", "NoError", 3)]
    [InlineData(Web, "AAAA", "NoError", 0)]
    [InlineData("dualstack." + Web, "A", "NoError", 3)]
    [InlineData("ipv6." + Web, "A", "NoError", 0)]
    [InlineData("ipv6.both-1.us-east-1.elb.test", "AAAA", "NoError", 1)]
    [InlineData("dualstack.both-1.us-east-1.elb.test", "AAAA", "NoError", 1)]
    [InlineData("x." + Web, "A", "NXDomain", 0)]
    [InlineData("gone-1.us-east-1.elb.test", "A", "NXDomain", 0)]
    [InlineData("us-east-1.elb.test", "A", "NoError", 0)]
    [InlineData(Net, "A", "NoError", 1)]
    [InlineData("us-east-1a." + Net, "A", "NoError", 1)]
    [InlineData("elb.us-east-1.elb.test", "A", "NoError", 0)]
    [InlineData("gone-1.elb.us-east-1.elb.test", "A", "NXDomain", 0)]
    [InlineData("elb.elb.us-east-1.elb.test", "A", "NXDomain", 0)]
    [InlineData("ns.elb.test", "A", "NoError", 1)]
    [InlineData("*.us-east-1.elb.test", "A", "NXDomain", 0)]
    public void A_name_below_the_suffix_is_answered(string name, string type, string code, int addresses)
    {
        var seen = Ask(name, Enum.Parse<RecordType>(type));

        Assert.Equal((code, true, addresses), ($"{seen.Code}", seen.IsAuthoritative, seen.Addresses.Length));
        Assert.Equal(addresses == 0, seen.Types is [RecordType.SOA]);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("elb.test.example.com")]
    [InlineData("xelb.test")]
    [InlineData("test")]
    [InlineData("")]
    public void A_name_elsewhere_is_refused_in_no_more_bytes_than_it_was_asked(string name)
    {
        var question = Asked.Question(name, RecordType.A);
        var answer = _responder.Answer(question, Asked.Somebody, isDatagram: true)!.Value;

        Assert.Equal((ResponseCode.Refused, question.Length), (answer.Code, answer.Message.Length));
        Assert.False(Asked.Read(answer).IsAuthoritative);
    }

    [Fact]
    public void The_zone_has_a_name_server_and_an_authority_and_is_not_handed_out()
    {
        Assert.Equal([RecordType.SOA], Ask("elb.test", RecordType.SOA).Types);
        Assert.Equal([RecordType.NS], Ask("elb.test", RecordType.NS).Types);
        Assert.Equal([RecordType.HINFO], Ask("elb.test", RecordType.ANY).Types);
        Assert.Equal([RecordType.HINFO], Ask(Web, RecordType.ANY).Types);
        Assert.Equal(ResponseCode.Refused, Ask("elb.test", RecordType.AXFR).Code);
        Assert.Equal(ResponseCode.Refused, Ask("elb.test", RecordType.IXFR).Code);
    }

    [Fact]
    public void An_internal_name_is_told_to_the_networks_for_it_alone()
    {
        // A network load balancer's name does not say that it is internal.
        foreach (var name in new[] { "internal-db-1", "dualstack.internal-db-1", "net-0123456789abcdef" })
        {
            var question = Asked.Question($"{name}.us-east-1.elb.test", RecordType.A);
            Assert.Equal(ResponseCode.NoError, _responder.Answer(question, IPAddress.Parse("10.9.9.9"), isDatagram: true)!.Value.Code);
            Assert.Equal(ResponseCode.Refused, _responder.Answer(question, Asked.Somebody, isDatagram: true)!.Value.Code);
        }

        var gone = Asked.Question("internal-gone-1.us-east-1.elb.test", RecordType.A);
        Assert.Equal(ResponseCode.Refused, _responder.Answer(gone, Asked.Somebody, isDatagram: true)!.Value.Code);
    }

    [Fact]
    public void A_name_that_looks_like_an_internal_one_is_told_to_everybody() =>
        Assert.Equal(["10.0.0.7"], Ask("Internal-x-1.us-east-1.elb.test", RecordType.A).Addresses);

    [Theory]
    [InlineData(null, true, true, 0)]
    [InlineData(4096, true, false, 60)]
    [InlineData(null, false, false, 60)]
    public void What_the_asker_cannot_take_is_cut_as_a_whole(int? edns, bool isDatagram, bool isCut, int addresses)
    {
        var answer = _responder.Answer(
            Asked.Question("large-1.us-east-1.elb.test", RecordType.A, edns), Asked.Somebody, isDatagram)!.Value;
        var seen = Asked.Read(answer);

        Assert.Equal((isCut, addresses), (seen.IsCut, seen.Addresses.Length));
        Assert.InRange(answer.Message.Length, 12, edns is null && isDatagram ? 512 : 1232);
    }

    [Fact]
    public void Who_asks_too_often_is_told_to_come_by_TCP_in_no_more_bytes_than_it_asked()
    {
        var question = Asked.Question(Web, RecordType.A);
        var answer = _responder.Answer(question, Asked.Somebody, isDatagram: true, isHeldOff: true)!.Value;

        Assert.True(Asked.Read(answer).IsCut);
        Assert.Equal(question.Length, answer.Message.Length);
    }

    [Fact]
    public void What_is_asked_in_another_way_than_that_is_told_as_it()
    {
        Assert.Equal(ResponseCode.NotImp, Answer(Asked.Question(Web, RecordType.A, flags: 5 << 3)));
        Assert.Equal(ResponseCode.BadVers, Answer(Asked.Question(Web, RecordType.A, 1232, version: 1)));
        Assert.Equal(ResponseCode.Refused, Answer(Asked.Question(Web, RecordType.A, @class: 3)));
        Assert.Equal(ResponseCode.FormErr, Answer(Asked.Question(Web, RecordType.A)[..20]));
        Assert.Equal(ResponseCode.FormErr, Answer([0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]));

        // A name that points at itself.
        Assert.Equal(ResponseCode.FormErr, Answer([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1]));
        Assert.Null(Answer([]));
        Assert.Null(Answer([1, 2, 3, 4, 5]));
        Assert.Null(Answer(Asked.Question(Web, RecordType.A, flags: 0x80)));
    }

    [Fact]
    public void Whatever_is_sent_is_answered_shortly_or_not_at_all()
    {
        var random = new Random(14);
        byte[][] seeds =
        [
            Asked.Question(Web, RecordType.A, 1232), Asked.Question("elb.test", RecordType.SOA),
            Asked.Question("large-1.us-east-1.elb.test", RecordType.A, 65535), new byte[600],
        ];
        for (var round = 0; round < 200_000; round++)
        {
            var message = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            message = message[..random.Next(message.Length + 1)];
            var answer = _responder.Answer(message, Asked.Somebody, isDatagram: true);
            Assert.InRange(answer?.Message.Length ?? 12, 12, 1232);
            Assert.True(answer is null || (answer.Value.Message[2] & 0x80) != 0);
        }
    }

    private static NamedAddress Address(string text) => new(IPAddress.Parse(text));

    private Asked.Seen Ask(string name, RecordType type) =>
        Asked.Read(_responder.Answer(Asked.Question(name, type, 1232), Asked.Somebody, isDatagram: true)!.Value);

    private ResponseCode? Answer(byte[] message) => _responder.Answer(message, Asked.Somebody, isDatagram: true)?.Code;
}
