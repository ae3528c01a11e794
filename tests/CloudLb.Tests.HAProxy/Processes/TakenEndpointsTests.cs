using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.State;

namespace CloudLb.Tests.HAProxy;

public sealed class TakenEndpointsTests
{
    private static readonly IPAddress One = IPAddress.Parse("127.9.0.1"), Other = IPAddress.Parse("127.9.0.2");

    private readonly CurrentState _state = new();

    [Fact]
    public void Whoever_is_at_an_endpoint_when_it_is_first_asked_for_is_found()
    {
        var first = Planned("a", One);
        var taken = Serving(first);

        Assert.Equal(first.Id, taken.OtherAt(PlaceOf(first), Planned("b", One).Id));
        Assert.Null(taken.OtherAt(PlaceOf(first), first.Id));
        Assert.Null(taken.OtherAt(PlaceOf(Planned("a", Other)), Planned("b", One).Id));
    }

    [Fact]
    public void A_place_is_free_when_its_load_balancer_has_moved_or_is_gone()
    {
        var first = Planned("a", One);
        var moved = Planned("a", Other);
        var (taken, another) = (Serving(first), Planned("b", One).Id);

        Move(taken, first, moved);
        Assert.Null(taken.OtherAt(PlaceOf(first), another));
        Assert.Equal(first.Id, taken.OtherAt(PlaceOf(moved), another));

        Move(taken, moved, null);
        Assert.Null(taken.OtherAt(PlaceOf(moved), another));
    }

    [Fact]
    public void Of_two_that_were_at_a_place_the_one_that_stays_is_found()
    {
        var (first, second) = (Planned("a", One), Planned("b", One));
        var (taken, another) = (Serving(first, second), Planned("c", One).Id);

        Move(taken, second, Planned("b", Other));
        Assert.Equal(first.Id, taken.OtherAt(PlaceOf(first), another));
        Assert.Null(taken.OtherAt(PlaceOf(first), first.Id));

        Move(taken, first, null);
        Assert.Null(taken.OtherAt(PlaceOf(first), another));
    }

    private static PlannedLoadBalancer Planned(string name, IPAddress address) => Plans.LoadBalancer(name, address);

    private static IPEndPoint PlaceOf(PlannedLoadBalancer loadBalancer) => loadBalancer.Endpoints().First();

    private TakenEndpoints Serving(params PlannedLoadBalancer[] served)
    {
        foreach (var loadBalancer in served)
        {
            _state.Change(state => state.With(CellEntry.Found(loadBalancer)));
        }

        return new(_state);
    }

    private void Move(TakenEndpoints taken, PlannedLoadBalancer before, PlannedLoadBalancer? after)
    {
        taken.Change(before, after);
        _state.Change(before.Id, entry => entry with { Target = after });
    }
}
