using System.Diagnostics.Metrics;
using CloudLb.Core.Accounts;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Tests.Unit.AwsApi;
using CloudLb.Tests.Unit.LoadBalancers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sample = CloudLb.Tests.Unit.LoadBalancers.Sample;

namespace CloudLb.Tests.Unit.Members;

/// <summary>When a member's lease ends and what becomes of it then, with a clock that a test moves.</summary>
public sealed class LeaseTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromSeconds(90);

    private readonly ManualClock _clock = new(Sample.Noon);
    private readonly CountingStore _store = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Leases _leases;

    public LeaseTests() => _leases = new(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_member_that_does_not_register_again_is_deregistered_when_its_lease_has_ended()
    {
        Keep("web", Registered("a", "b"), others: "i-others");
        using var ends = Ends();
        await LiveAsync(ends, TimeSpan.FromSeconds(50));
        Renew("b");
        await LiveAsync(ends, TimeSpan.FromSeconds(39));
        Assert.Equal(["i-a", "i-b", "i-others"], Ids("web"));

        await LiveAsync(ends, TimeSpan.FromSeconds(2));

        Assert.Equal(["i-b", "i-others"], Ids("web"));
        Assert.Equal(new LeaseEnd(Key("a"), Sample.Noon + Lease), _leases.LastEndOf($"{Sample.Key()}", "i-a"));
        await LiveAsync(ends, TimeSpan.FromSeconds(60));
        Assert.Equal(["i-others"], Ids("web"));
    }

    [Fact]
    public async Task What_others_have_registered_and_members_without_a_lease_stay_for_ever()
    {
        Keep("web", [("a", null)], others: "i-b");
        _store.Current = _store.Current.With(MemberCollection.Kind, Member("b", Lease));
        Renew("b");
        using var ends = Ends(minimum: 0);

        await LiveAsync(ends, TimeSpan.FromHours(1));

        Assert.Equal(["i-a", "i-b"], Ids("web"));
        Assert.Equal((0, 0), (_store.Changes, _leases.Count));
    }

    [Fact]
    public async Task Many_that_end_together_are_one_change_and_leave_each_load_balancer_its_minimum()
    {
        Keep("web", Registered("a", "b", "c", "d"));
        Keep("other", Registered("e"));
        using var ends = Ends(minimum: 2);
        await LiveAsync(ends, TimeSpan.FromSeconds(10));
        Renew("b");
        Renew("c");

        await LiveAsync(ends, TimeSpan.FromSeconds(200));

        // Those that have been silent for longer went.
        Assert.Equal(["i-b", "i-c"], Ids("web"));
        Assert.Equal(["i-e"], Ids("other"));
        Assert.Equal(1, _store.Changes);

        // There are enough as soon as others join.
        Keep("web", Registered("b", "c"), others: "i-others");
        await LiveAsync(ends, Second);
        Assert.Equal(["i-c", "i-others"], Ids("web"));
    }

    [Fact]
    public async Task Neither_a_jump_of_the_clock_nor_a_standstill_ends_a_lease()
    {
        Keep("web", Registered("a"));
        using var ends = Ends(minimum: 0);
        await LiveAsync(ends, TimeSpan.FromSeconds(10));
        _clock.Jumped = TimeSpan.FromDays(1);
        await LiveAsync(ends, TimeSpan.FromSeconds(10));
        _clock.Jumped = TimeSpan.FromDays(-1);
        await LiveAsync(ends, TimeSpan.FromSeconds(10));

        // The process was stopped for an hour, and nobody could register.
        _clock.Now += TimeSpan.FromHours(1);
        await ends.LookAsync(Token);
        Assert.Equal(["i-a"], Ids("web"));

        await LiveAsync(ends, TimeSpan.FromSeconds(54));
        Assert.Equal(["i-a"], Ids("web"));
        await LiveAsync(ends, TimeSpan.FromSeconds(2));
        Assert.Empty(Ids("web"));
    }

    [Fact]
    public async Task One_that_registers_at_the_last_moment_stays()
    {
        Keep("web", Registered("a", "b"));
        using var ends = Ends(minimum: 0);
        await LiveAsync(ends, TimeSpan.FromSeconds(89));
        _store.BeforeChange = () => Renew("a");

        await LiveAsync(ends, TimeSpan.FromSeconds(2));

        Assert.Equal(["i-a"], Ids("web"));
    }

    [Fact]
    public async Task A_start_begins_every_lease_anew()
    {
        Keep("web", Registered("a"));
        using var before = Ends(minimum: 0);
        await LiveAsync(before, TimeSpan.FromSeconds(80));
        using var after = Ends(new(_clock), minimum: 0);

        await LiveAsync(after, TimeSpan.FromSeconds(80));
        Assert.Equal(["i-a"], Ids("web"));
        await LiveAsync(after, TimeSpan.FromSeconds(11));
        Assert.Empty(Ids("web"));
    }

    [Fact]
    public void Whose_an_instance_is_follows_from_who_has_registered_it()
    {
        var member = Sample.Instance("i-a") with { RegisteredBy = "a" };
        var mine = Sample.LoadBalancer().WithInstances([member], Sample.Quotas);
        Assert.Same(mine.Instances[0].RegisteredBy, mine.WithInstances([member], Sample.Quotas).Instances[0].RegisteredBy);
        Assert.Equal(mine, mine.WithInstances([member], Sample.Quotas));

        var others = mine.WithInstances([Sample.Instance("i-a")], Sample.Quotas);
        Assert.Null(others.Instances[0].RegisteredBy);
        Assert.Equal(others, others.WithInstances([member], Sample.Quotas));
        Assert.Equal("a", others.WithoutInstances(["i-a"], Sample.Noon).WithInstances([member], Sample.Quotas).Instances[0].RegisteredBy);
    }

    private static (string, TimeSpan?)[] Registered(params string[] members) => [.. members.Select(member => (member, (TimeSpan?)Lease))];

    private static MemberKey Key(string member) => new(Sample.Account, member);

    private static Member Member(string name, TimeSpan? lease) => new()
    {
        Key = Key(name), Region = "us-east-1", Instance = $"i-{name}", LoadBalancers = ["web", "other"], Lease = lease,
        CreateDate = Sample.Noon,
    };

    private void Keep(string loadBalancer, (string Name, TimeSpan? Lease)[] members, params IEnumerable<string> others)
    {
        var instances = members.Select(member => Sample.Instance($"i-{member.Name}") with { RegisteredBy = member.Name })
            .Concat(others.Select(id => Sample.Instance(id)));
        _store.Current = members.Aggregate(
            _store.Current.With(
                LoadBalancerCollection.Kind, Sample.LoadBalancer(loadBalancer).WithInstances([.. instances], Sample.Quotas)),
            (snapshot, member) => snapshot.With(MemberCollection.Kind, Member(member.Name, member.Lease)));
    }

    private void Renew(string member) => _leases.Renew(MemberRegistrations.Of(Key(member), Sample.Key()));

    private string[] Ids(string loadBalancer) => _store.Current.LoadBalancers.Get(Sample.Key(loadBalancer)).Ids();

    private async Task LiveAsync(LeaseEnds ends, TimeSpan time)
    {
        await ends.LookAsync(Token);
        for (var passed = TimeSpan.Zero; passed < time; passed += Second)
        {
            _clock.Now += Second;
            await ends.LookAsync(Token);
        }
    }

    private LeaseEnds Ends(Leases? leases = null, int minimum = 1) => new(
        _store, leases ?? _leases, [new MemberRegistrations(_clock)],
        new(_services.GetRequiredService<IMeterFactory>(), leases ?? _leases),
        Options.Create(new MemberOptions { MinimumInstances = minimum }), new Started(), _clock, NullLogger<LeaseEnds>.Instance);

    private sealed class Started : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted { get; } = new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }

    /// <summary>Counts what is changed.</summary>
    private sealed class CountingStore : IResourceStore
    {
        private readonly MemoryResources _resources = new();

        public int Changes { get; private set; }

        public Action? BeforeChange { get; set; }

        public Snapshot Current
        {
            get => _resources.Current;
            set => _resources.Current = value;
        }

        public Task<T> ChangeAsync<T>(Func<Snapshot, (Snapshot Next, T Answer)> change, CancellationToken cancellationToken)
        {
            BeforeChange?.Invoke();
            Changes++;
            return _resources.ChangeAsync(change, cancellationToken);
        }

        public Task<ResourceChanges<TKey, TValue>> ReadChangesAsync<TKey, TValue>(
            ResourceKind<TKey, TValue> kind, long since, CancellationToken cancellationToken)
            where TKey : class
            where TValue : class => _resources.ReadChangesAsync(kind, since, cancellationToken);
    }
}
