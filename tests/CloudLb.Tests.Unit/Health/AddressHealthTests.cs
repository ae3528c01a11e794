using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Health;

public sealed class AddressHealthTests : IReachedLoadBalancers, IHealthSource, IHeldAddresses
{
    private static readonly IPAddress First = IPAddress.Parse("10.0.1.1"), Second = IPAddress.Parse("10.0.2.1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IPAddress, string?> _reasons = new() { [First] = null, [Second] = null };
    private readonly AddressHealth _health;
    private string? _notAt, _notHeld;

    public AddressHealthTests() => _health = new([this], this, [this]);

    [Fact]
    public void One_that_has_a_fault_for_long_enough_is_not_good_and_one_that_is_well_again_is_at_once()
    {
        Look(0);
        _reasons[Second] = "No instance in zone-b is in service.";
        Look(1);
        Look(10);
        Assert.Equal((true, true, null), (_health.IsGood(First), _health.IsGood(Second), _health.WhyNot(Second)));
        Look(11);
        Assert.Equal((true, false), (_health.IsGood(First), _health.IsGood(Second)));
        Assert.Equal("No instance in zone-b is in service.", _health.WhyNot(Second));
        Look(300);
        Assert.False(_health.IsGood(Second));
        _reasons[Second] = null;
        Look(301);
        Assert.Equal((true, null), (_health.IsGood(Second), _health.WhyNot(Second)));
    }

    [Fact]
    public void One_bad_round_takes_none_away()
    {
        Look(0);
        foreach (var second in Enumerable.Range(1, 60))
        {
            _reasons[Second] = second % 9 == 0 ? null : "No instance in zone-b is in service.";
            Look(second);
            Assert.True(_health.IsGood(Second));
        }
    }

    [Fact]
    public void What_was_there_at_the_start_is_good_until_checks_can_have_passed()
    {
        _reasons[First] = _reasons[Second] = "No instance is in service.";
        Look(0);
        Assert.Equal((true, true), (_health.IsGood(First), _health.IsGood(Second)));
        _reasons[First] = null;
        Look(3);
        Look(11);
        Assert.Equal((true, false), (_health.IsGood(First), _health.IsGood(Second)));
    }

    [Fact]
    public void What_is_not_served_at_the_start_is_not_good()
    {
        _notAt = "No process listens at 10.0.2.1 yet.";
        Look(0);
        Assert.Equal((true, false), (_health.IsGood(First), _health.IsGood(Second)));
    }

    [Fact]
    public void A_new_one_is_good_when_it_is_served_and_not_before()
    {
        _reasons.Remove(Second);
        Look(0);
        _reasons[Second] = null;
        Assert.False(_health.IsGood(Second));
        _notAt = "No process listens at 10.0.2.1 yet.";
        Look(1);
        Assert.Equal((true, false), (_health.IsGood(First), _health.IsGood(Second)));
        _notAt = null;
        Look(2);
        Assert.True(_health.IsGood(Second));
    }

    [Fact]
    public void One_that_no_interface_has_is_not_good()
    {
        Look(0);
        _notHeld = "another machine answers for it";
        Look(1);
        Look(11);
        Assert.Equal("another machine answers for it", _health.WhyNot(Second));
        _reasons.Clear();
        Look(12);
        Assert.Equal((false, "It was not looked at yet."), (_health.IsGood(Second), _health.WhyNot(Second)));
    }

    public IEnumerable<ReachedLoadBalancer> WithSeveralAddresses() => _reasons.Count == 0
        ? []
        : [new(Sample.Key().ToId(), [.. _reasons.Select(each => new ReachedAddress(each.Key, each.Value))])];

    public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) => null;

    public string? WhyNotAt(LoadBalancerId loadBalancer, IPAddress address) => address.Equals(Second) ? _notAt : null;

    public string? WhyNotHeld(IPAddress address) => address.Equals(Second) ? _notHeld : null;

    private void Look(int second) => _health.Look(TimeSpan.FromSeconds(second), Patience);
}
