using System.Net;
using CloudLb.Dns.Serving;

namespace CloudLb.Tests.Unit.Dns;

public sealed class SourceLimitsTests
{
    private readonly SourceLimits _limits = new(perSecond: 20, TimeProvider.System);

    [Fact]
    public void A_network_that_asks_too_often_is_sent_to_TCP_every_second_time_and_not_answered_in_between()
    {
        var network = Enumerable.Range(0, 400).Select(number => _limits.Of(IPAddress.Parse($"192.0.2.{number % 250}"))).ToList();

        Assert.All(network.Take(20), limit => Assert.Equal(SourceLimit.Answered, limit));
        var rest = network.CountBy(limit => limit).ToDictionary();
        Assert.True(rest[SourceLimit.HeldOff] > 100 && rest[SourceLimit.Dropped] > 100, string.Join(' ', rest));
        Assert.Equal(SourceLimit.Answered, _limits.Of(IPAddress.Parse("198.51.100.1")));
    }

    [Fact]
    public void This_machine_asks_as_it_likes() =>
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(SourceLimit.Answered, _limits.Of(IPAddress.Loopback)));
}
