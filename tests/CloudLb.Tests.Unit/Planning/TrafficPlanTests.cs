using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.Planning;

/// <summary>What several sources want, as one plan.</summary>
public sealed class TrafficPlanTests
{
    [Fact]
    public void What_sources_have_in_order_is_in_order_together() => Prop.ForAll(
        Gen.Choose(0, 40).ListOf().Where(names => names.Count < 30).Three().ToArbitrary(),
        names =>
        {
            Source[] sources = [new("elb", names.Item1), new("alb", names.Item2), new("nlb", names.Item3)];
            var expected = sources.SelectMany(source => source.Plan()).OrderBy(planned => planned.Id).ToList();
            return TrafficPlan.Merge(sources).LoadBalancers.SequenceEqual(expected, ReferenceEqualityComparer.Instance);
        }).QuickCheckThrowOnFailure();

    private sealed class Source(string kind, IEnumerable<int> names) : IPlanSource
    {
        private readonly List<PlannedLoadBalancer> _plan =
        [
            .. names.Distinct().Order().Select(name => new PlannedLoadBalancer
            {
                Id = new(kind, new AccountId("123456789012"), "us-east-1", $"web-{name:00}"),
                Addresses = [],
                Listeners = [],
                Pools = [],
                Answers = new("alb", []),
            }),
        ];

        public IReadOnlyList<PlannedLoadBalancer> Plan() => _plan;
    }
}
