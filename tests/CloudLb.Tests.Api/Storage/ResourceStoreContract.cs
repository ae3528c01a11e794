using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Api.Storage;

/// <summary>What every implementation of <see cref="IResourceStore"/> must do; each inherits these tests.</summary>
public abstract partial class ResourceStoreContract : IDisposable
{
    private static readonly LoadBalancerKey Web = SampleLoadBalancer.Key("web");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ChangeSignal Changes { get; } = new();

    /// <summary>The store under test, the same one until <see cref="Reopen"/>.</summary>
    protected abstract IResourceStore Store { get; }

    /// <summary>Ends the store and opens another one over what it left.</summary>
    protected abstract void Reopen();

    [Fact]
    public async Task What_was_created_is_there_when_it_is_answered()
    {
        var answer = await CreateAsync(Web);

        Assert.Equal(SampleLoadBalancer.Of(Web), answer);
        Assert.Same(answer, Store.Current.LoadBalancers.Find(Web));
    }

    [Fact]
    public async Task Every_member_of_a_load_balancer_survives_a_restart()
    {
        var full = SampleLoadBalancer.Full(Web);
        await Store.CreateAsync(Web, _ => full, Token);
        Reopen();

        Assert.Equal(full, Store.Current.LoadBalancers.Get(Web));
    }

    [Fact]
    public async Task A_create_that_settles_on_the_existing_one_writes_nothing()
    {
        var first = await CreateAsync(Web);
        await SignalAsync();
        var second = await Store.CreateAsync(Web, snapshot => snapshot.LoadBalancers.Get(Web), Token);

        Assert.Same(first, second);
        Assert.False(await WasSignalledAsync());
    }

    [Fact]
    public async Task An_update_survives_a_restart()
    {
        await CreateAsync(Web);
        var answer = await Store.UpdateAsync(Web, Tag("team", "blue"), Token);
        Reopen();

        Assert.Equal([new Tag("team", "blue")], answer.Tags);
        Assert.Equal(answer, Store.Current.LoadBalancers.Get(Web));
    }

    [Fact]
    public async Task An_update_to_an_equal_value_writes_nothing_and_keeps_the_object()
    {
        var first = await CreateAsync(Web);
        await SignalAsync();
        var second = await Store.UpdateAsync(Web, loadBalancer => loadBalancer with { Tags = [] }, Token);

        Assert.Same(first, second);
        Assert.Same(first, Store.Current.LoadBalancers.Get(Web));
        Assert.False(await WasSignalledAsync());
    }

    [Fact]
    public async Task An_update_of_one_that_is_not_there_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => Store.UpdateAsync(Web, loadBalancer => loadBalancer, Token));

        Assert.Equal("LoadBalancerNotFound", refusal.Code);
    }

    [Fact]
    public async Task A_delete_survives_a_restart_and_may_be_repeated()
    {
        await CreateAsync(Web);
        await Store.DeleteAsync(Web, Token);
        await Store.DeleteAsync(Web, Token);
        Assert.Null(Store.Current.LoadBalancers.Find(Web));
        Reopen();

        Assert.Equal(0, Store.Current.LoadBalancers.Count);
    }

    [Fact]
    public async Task A_change_raises_the_signal_before_it_is_answered()
    {
        await CreateAsync(Web);

        Assert.True(await WasSignalledAsync());
    }

    [Fact]
    public async Task A_refused_change_is_told_to_its_caller_alone()
    {
        var created = CreateAsync(Web);
        var refused = Store.CreateAsync(Web, _ => throw new ServiceException("DuplicateLoadBalancerName", 400, "taken"), Token);
        var updated = Store.UpdateAsync(Web, Tag("team", "blue"), Token);

        Assert.Equal("taken", (await Assert.ThrowsAsync<ServiceException>(() => refused)).Message);
        await created;
        Assert.Equal(await updated, Store.Current.LoadBalancers.Get(Web));
    }

    [Fact]
    public async Task Changes_of_many_callers_each_see_what_was_changed_before()
    {
        await CreateAsync(Web);
        var callers = Enumerable.Range(0, 32).Select(caller => Task.Run(
            async () =>
            {
                for (var number = 0; number < 20; number++)
                {
                    await Store.UpdateAsync(Web, Tag($"{caller}-{number}", ""), Token);
                }
            },
            Token));
        await Task.WhenAll(callers);
        Assert.Equal(640, Store.Current.LoadBalancers.Get(Web).Tags.Distinct().Count());
        Reopen();

        Assert.Equal(640, Store.Current.LoadBalancers.Get(Web).Tags.Count);
    }

    [Fact]
    public async Task Of_many_that_create_the_same_name_one_does()
    {
        var created = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(
            () => Store.CreateAsync(Web, snapshot => snapshot.LoadBalancers.Find(Web) ?? Create(), Token), Token)));

        Assert.Equal(1, created);
        Assert.All(answers, answer => Assert.Same(answers[0], answer));

        LoadBalancer Create()
        {
            created++;
            return SampleLoadBalancer.Of(Web);
        }
    }

    [Fact]
    public async Task A_change_cancelled_before_its_turn_is_not_made()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = Task.Run(() => Store.CreateAsync(Web, _ => Hold(SampleLoadBalancer.Of(Web)), cancellation.Token), Token);
        started.Wait(Token);
        var other = SampleLoadBalancer.Key("other");
        var second = Store.CreateAsync(other, _ => SampleLoadBalancer.Of(other), cancellation.Token);
        await cancellation.CancelAsync();
        release.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(await first, Store.Current.LoadBalancers.Get(Web));
        Reopen();
        Assert.Equal([Web], Store.Current.LoadBalancers.All.Select(loadBalancer => loadBalancer.Key));

        LoadBalancer Hold(LoadBalancer loadBalancer)
        {
            started.Set();
            release.Wait(Token);
            return loadBalancer;
        }
    }

    [Fact]
    public async Task The_same_name_in_another_account_or_region_is_another_load_balancer()
    {
        LoadBalancerKey[] keys =
        [
            Web, SampleLoadBalancer.Key("web", region: "eu-west-1"), SampleLoadBalancer.Key("web", account: "000000000001"),
        ];
        foreach (var key in keys)
        {
            await CreateAsync(key);
        }

        await Store.DeleteAsync(keys[1], Token);
        Reopen();

        Assert.Equal([keys[2], keys[0]], Store.Current.LoadBalancers.All.Select(loadBalancer => loadBalancer.Key).Order());
    }

    [Fact]
    public async Task Pages_follow_the_names_after_a_restart_as_before()
    {
        string[] names = ["b", "a-1", "B", "a", "c"];
        await Task.WhenAll(names.Select(name => CreateAsync(SampleLoadBalancer.Key(name))));
        await CreateAsync(SampleLoadBalancer.Key("aa", region: "eu-west-1"));
        Assert.Equal(["B", "a", "a-1"], Page(null, 3));
        Reopen();

        Assert.Equal(["B", "a", "a-1"], Page(null, 3));
        Assert.Equal(["b", "c"], Page("a-1", 3));
        Assert.Equal(["b", "c"], Page("a-2-deleted-meanwhile", 3));
        Assert.Equal([], Page("c", 3));
        Assert.Equal(5, Store.Current.LoadBalancers.CountIn(Web.Account, Web.Region));
    }

    [Fact]
    public async Task A_snapshot_that_a_reader_has_does_not_change()
    {
        var before = Store.Current;
        await CreateAsync(Web);

        Assert.Equal((0, 1), (before.LoadBalancers.Count, Store.Current.LoadBalancers.Count));
    }

    public virtual void Dispose()
    {
        Changes.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<LoadBalancer> CreateAsync(LoadBalancerKey key) => Store.CreateAsync(key, _ => SampleLoadBalancer.Of(key), Token);

    protected static Func<LoadBalancer, LoadBalancer> Tag(string key, string value) =>
        loadBalancer => loadBalancer with { Tags = loadBalancer.Tags.Add(new(key, value)) };

    private IEnumerable<string> Page(string? after, int size) =>
        Store.Current.LoadBalancers.Page(Web.Account, Web.Region, after, size).Select(loadBalancer => loadBalancer.Key.Name);

    /// <summary>Takes the signal of the change just answered, so that the next one can be told from it.</summary>
    private async Task SignalAsync() => Assert.True(await WasSignalledAsync());

    private async Task<bool> WasSignalledAsync()
    {
        // A wait for a signal that was raised is over at once; one that is not is ended by a signal of our own.
        var wait = Changes.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        var signalled = wait.IsCompleted;
        if (!signalled)
        {
            Changes.Raise();
        }

        await wait;
        return signalled;
    }
}
