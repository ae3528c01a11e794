using System.Net;
using CloudLb.Core;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerInstancesTests
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer().WithInstances(
        [Sample.Instance("i-2"), Sample.Instance("i-1")], Sample.Quotas);
    private static readonly LoadBalancer Patient = Web with { Attributes = new() { ConnectionDraining = new() { IsEnabled = true } } };

    [Fact]
    public void Instances_stand_in_the_order_of_their_ids() => Assert.Equal(["i-1", "i-2"], Web.Ids());

    [Fact]
    public void Each_of_a_thousand_is_found_by_its_id_and_no_other()
    {
        string[] ids =
        [
            .. Enumerable.Range(0, 1000).Select(number => number % 2 == 0 ? $"i-{number:x}" : $"10.0.{number / 250}.{number % 250}"),
        ];
        var many = Sample.LoadBalancer().WithInstances(
            ids.Select(id => Sample.Instance(id)), Sample.Quotas with { RegisteredInstances = 1000 });

        Assert.Equal(ids, ids.Select(id => many.FindInstance(id)?.InstanceId));
        Assert.All(["", "i-", "i-1", "i-3e8", "10.0.0.0", "10.0.4.0", "web"], id => Assert.Null(many.FindInstance(id)));
    }

    [Fact]
    public void Registering_again_changes_nothing() =>
        Assert.Equal(Web, Web.WithInstances([Sample.Instance("i-1"), Sample.Instance("i-1")], Sample.Quotas));

    [Fact]
    public void Registering_again_takes_the_address_that_the_inventory_now_has()
    {
        var moved = Web.WithInstances([Sample.Instance("i-1", "10.0.0.9", "us-east-1b")], Sample.Quotas);

        Assert.Equal(["i-1", "i-2"], moved.Ids());
        Assert.Equal(
            (IPAddress.Parse("10.0.0.9"), "us-east-1b"), (moved.FindInstance("i-1")!.Address, moved.FindInstance("i-1")!.AvailabilityZone));
    }

    [Theory]
    [InlineData("::1", "0:0:0:0:0:0:0:1")]
    [InlineData("2001:DB8::A", "2001:db8:0:0::a")]
    [InlineData("::7f00:1", "::127.0.0.1")]
    [InlineData("localhost", "LOCALHOST")]
    [InlineData("Web-1.Example", "web-1.EXAMPLE")]
    public void Two_spellings_of_one_server_are_one_instance_which_keeps_the_first(string first, string second)
    {
        var both = Sample.LoadBalancer().WithInstances([Sample.Instance(first), Sample.Instance(second)], Sample.Quotas);
        var again = Sample.LoadBalancer()
            .WithInstances([Sample.Instance(first)], Sample.Quotas)
            .WithInstances([Sample.Instance(second)], new() { RegisteredInstances = 1 });
        var left = both.WithoutInstances([second], Sample.Noon);

        Assert.Equal([first], both.Ids());
        Assert.Equal([first], again.Ids());
        Assert.Equal(first, both.FindInstance(second)!.InstanceId);
        Assert.Equal((0, true, true), (left.Instances.Count, left.WasRegistered(first), left.WasRegistered(second)));
    }

    [Theory]
    [InlineData("i-0a", "i-0A")]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("10.0.0.1", "10.0.0.10")]
    public void Other_ids_are_other_instances(string first, string second) => Assert.Equal(
        2, Sample.LoadBalancer().WithInstances([Sample.Instance(first), Sample.Instance(second)], Sample.Quotas).Instances.Count);

    [Fact]
    public void What_was_registered_in_two_spellings_before_they_were_one_goes_at_once()
    {
        var old = Sample.LoadBalancer() with { Instances = [Sample.Instance("LOCALHOST"), Sample.Instance("localhost")] };

        Assert.Equal(["LOCALHOST", "localhost"], old.WithInstances([Sample.Instance("localhost")], Sample.Quotas).Ids());
        Assert.Empty(old.WithoutInstances(["Localhost"], Sample.Noon).Instances);
    }

    [Fact]
    public void More_instances_than_the_quota_are_refused_and_those_there_may_be_named_again()
    {
        Assert.Equal(
            "ValidationError", Sample.Refusal(() => Web.WithInstances([Sample.Instance("i-3")], new() { RegisteredInstances = 2 })).Code);
        Assert.Equal(Web, Web.WithInstances([Sample.Instance("i-2")], new() { RegisteredInstances = 1 }));
    }

    [Fact]
    public void Deregistering_what_is_not_registered_changes_nothing() => Assert.Same(Web, Web.WithoutInstances(["i-3"], Sample.Noon));

    [Fact]
    public void Without_draining_a_deregistered_instance_is_gone_at_once_and_remembered()
    {
        var left = Web.WithoutInstances(["i-1", "i-1", "i-9"], Sample.Noon);

        Assert.Equal(["i-2"], left.Ids());
        Assert.Empty(left.Draining);
        Assert.Equal(["i-1"], left.FormerInstances);
    }

    [Fact]
    public void With_draining_a_deregistered_instance_has_the_timeout_to_finish() =>
        Assert.Equal(
            [new DrainingInstance(Sample.Instance("i-1"), Sample.Noon.AddSeconds(300))],
            Patient.WithoutInstances(["i-1"], Sample.Noon).Draining);

    [Fact]
    public void An_instance_of_a_zone_that_is_not_enabled_has_nothing_to_finish() => Assert.Empty(
        Patient.WithInstances([Sample.Instance("i-3", zone: "us-east-1c")], Sample.Quotas).WithoutInstances(["i-3"], Sample.Noon).Draining);

    [Fact]
    public void Registering_a_draining_instance_ends_its_draining_and_deregistering_it_begins_another()
    {
        var back = Patient.WithoutInstances(["i-1"], Sample.Noon).WithInstances([Sample.Instance("i-1")], Sample.Quotas);
        var again = back.WithoutInstances(["i-1"], Sample.Noon.AddHours(1));

        Assert.Empty(back.Draining);
        Assert.Equal([new DrainingInstance(Sample.Instance("i-1"), Sample.Noon.AddSeconds(3900))], again.Draining);
    }

    [Fact]
    public void Draining_that_is_over_goes_at_the_next_change()
    {
        var later = Patient.WithoutInstances(["i-1"], Sample.Noon).WithoutInstances(["i-2"], Sample.Noon.AddSeconds(300));

        Assert.Equal(["i-2"], later.Draining.Select(entry => entry.Instance.InstanceId));
    }

    [Fact]
    public void Former_instances_are_each_remembered_once_the_newest_last()
    {
        var again = Web.WithoutInstances(["i-1"], Sample.Noon).WithoutInstances(["i-2"], Sample.Noon)
            .WithInstances([Sample.Instance("i-1")], Sample.Quotas).WithoutInstances(["i-1"], Sample.Noon);

        Assert.Equal(["i-2", "i-1"], again.FormerInstances);
    }

    [Theory]
    [InlineData(60, 100)]
    [InlineData(250, 250)]
    public void The_last_hundred_are_remembered_and_the_whole_last_deregistration(int atOnce, int remembered)
    {
        var ids = Enumerable.Range(0, 500).Select(number => $"i-{number:d3}").ToList();
        var loadBalancer = Sample.LoadBalancer().WithInstances(ids.Select(id => Sample.Instance(id)), Sample.Quotas);
        foreach (var chunk in ids.Chunk(atOnce))
        {
            loadBalancer = loadBalancer.WithoutInstances(chunk, Sample.Noon);
        }

        Assert.Equal(ids.TakeLast(remembered).ToEquatableArray(), loadBalancer.FormerInstances);
    }
}
