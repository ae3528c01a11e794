using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Api.Storage;

/// <summary>What is asked of changes over several kinds, of revisions and of deletions.</summary>
public abstract partial class ResourceStoreContract
{
    [Fact]
    public async Task One_change_of_several_kinds_is_there_as_one_after_a_restart()
    {
        await CreateAsync(Web);
        var revision = Store.Current.Revision;
        await Store.ChangeAsync(
            snapshot => snapshot.With(LoadBalancerCollection.Kind, SampleLoadBalancer.Of(Web) with { Scheme = LoadBalancerScheme.Internal })
                .With(Note.Kind, Make("a"))
                .With(Note.Kind, Make("b")),
            Token);
        Assert.Equal(revision + 1, Store.Current.Revision);
        Reopen();

        Assert.Equal((LoadBalancerScheme.Internal, 2), (Store.Current.LoadBalancers.Get(Web).Scheme, Store.Current.Of(Note.Kind).Count));
        Assert.Equal(revision + 1, Store.Current.Revision);
    }

    [Fact]
    public async Task Of_a_change_that_throws_nothing_is_kept_of_any_kind()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ChangeAsync<int>(
            snapshot =>
            {
                _ = snapshot.With(Note.Kind, Make("a"));
                throw new InvalidOperationException("no");
            },
            Token));
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("b")), Token);
        Reopen();

        Assert.Equal("no", refusal.Message);
        Assert.Equal(["b"], Store.Current.Of(Note.Kind).All.Select(note => note.Id));
    }

    [Fact]
    public async Task A_change_that_answers_another_snapshot_than_its_own_is_refused()
    {
        var old = Store.Current;
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a")), Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => old, Token));
        Assert.Equal(1, Store.Current.Of(Note.Kind).Count);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_has_no_revision_and_raises_no_signal()
    {
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a")), Token);
        await SignalAsync();
        var before = Store.Current;
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a")).Without(Note.Kind, "none"), Token);
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("b")).Without(Note.Kind, "b"), Token);

        Assert.Same(before, Store.Current);
        Assert.False(await WasSignalledAsync());
    }

    [Fact]
    public async Task Of_two_changes_that_exclude_each_other_one_is_made()
    {
        const string Certificate = "ASCAEXAMPLE";
        for (var round = 0; round < 20; round++)
        {
            var id = $"note-{round}";
            await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make(id)), Token);
            var using_ = Record.ExceptionAsync(() => Store.ChangeAsync(
                snapshot => snapshot.With(Note.Kind, snapshot.Of(Note.Kind).Get(id) with { Text = Certificate }), Token));
            var deleting = Record.ExceptionAsync(() => Store.ChangeAsync(
                snapshot =>
                    snapshot.IsUsed(Use.OfCertificate(Certificate))
                        ? throw new InvalidOperationException("in use")
                        : snapshot.Without(Note.Kind, id),
                Token));
            var faults = new[] { await using_, await deleting };

            Assert.Single(faults, fault => fault is null);
            await Store.ChangeAsync(snapshot => snapshot.Without(Note.Kind, id), Token);
        }
    }

    [Fact]
    public async Task Who_uses_what_is_known_over_all_kinds_after_a_restart_as_before()
    {
        var secure = SampleLoadBalancer.Of(Web) with
        {
            Listeners =
            [
                new()
                {
                    Protocol = ListenerProtocol.HTTPS, LoadBalancerPort = 443, InstanceProtocol = ListenerProtocol.HTTP, InstancePort = 80,
                    CertificateId = "ASCAEXAMPLE",
                },
            ],
        };
        await Store.ChangeAsync(
            snapshot => snapshot.With(LoadBalancerCollection.Kind, secure).With(Note.Kind, Make("a") with { Text = "ASCAEXAMPLE" }), Token);
        AssertUse();
        Reopen();
        AssertUse();
        await Store.DeleteAsync(Web, Token);

        Assert.Equal([new(Note.Kind, "a")], Store.Current.UsersOf(Use.OfCertificate("ASCAEXAMPLE")));
        Assert.False(Store.Current.IsUsed(Use.OfAddress(secure.Address)) || Store.Current.IsListening(secure.Address, 443));

        void AssertUse()
        {
            var users = Store.Current.UsersOf(Use.OfCertificate("ASCAEXAMPLE"));
            Assert.Equal([new(LoadBalancerCollection.Kind, Web), new(Note.Kind, "a")], users);
            Assert.Equal(
                ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/web", "arn:aws:test:::note/a"],
                users.Select(Store.Current.ArnOf));
            Assert.Equal((true, false), (Store.Current.IsListening(secure.Address, 443), Store.Current.IsListening(secure.Address, 80)));
        }
    }

    [Fact]
    public async Task An_index_follows_every_change_and_a_restart()
    {
        await Store.ChangeAsync(
            snapshot => snapshot.With(Note.Kind, Make("b", "x")).With(Note.Kind, Make("a", "x")).With(Note.Kind, Make("c", "y")), Token);
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("b", "y")), Token);
        Assert.Equal((1, 2), (In("x").Count, In("y").Count));
        Reopen();

        Assert.Equal(["a"], Ids("x"));
        Assert.Equal(["b", "c"], Ids("y"));
        Assert.Equal("c", In("y").Find("c")?.Id);
        Assert.Null(In("x").Find("c"));

        ResourceGroup<string, Note> In(string topic) => Store.Current.Of(Note.Kind).In(Note.ByTopic, topic);
        string[] Ids(string topic) => [.. In(topic).After(null).Select(note => note.Id)];
    }

    [Fact]
    public async Task Changes_since_a_revision_are_told_with_deletions_and_over_a_restart()
    {
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a")).With(Note.Kind, Make("b")), Token);
        var seen = Store.Current.Revision;
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("c")), Token);
        await Store.ChangeAsync(snapshot => snapshot.Without(Note.Kind, "a"), Token);
        await CreateAsync(Web);
        Reopen();
        var changes = await Store.ReadChangesAsync(Note.Kind, seen, Token);

        Assert.Equal((Store.Current.Revision, false), (changes.Revision, changes.IsWhole));
        Assert.Equal([new("c", seen + 1, Make("c")), new("a", seen + 2, null)], changes.Changes);
        Assert.Empty((await Store.ReadChangesAsync(Note.Kind, changes.Revision, Token)).Changes);
    }

    [Fact]
    public async Task What_was_deleted_and_made_again_is_told_as_made()
    {
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a")), Token);
        var seen = Store.Current.Revision;
        await Store.ChangeAsync(snapshot => snapshot.Without(Note.Kind, "a"), Token);
        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, Make("a", "again")), Token);

        Assert.Equal([new("a", seen + 2, Make("a", "again"))], (await Store.ReadChangesAsync(Note.Kind, seen, Token)).Changes);
    }

    [Fact]
    public async Task Replaying_all_changes_from_any_revision_leads_to_what_there_is()
    {
        var random = new Random(4);
        var replayed = new SortedDictionary<string, Note>(StringComparer.Ordinal);
        var seen = 0L;
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => random.Next(12)).Select(number => Store.ChangeAsync(
                snapshot => snapshot.Of(Note.Kind).Find($"{number}") is null
                    ? snapshot.With(Note.Kind, Make($"{number}", $"{snapshot.Revision}"))
                    : snapshot.Without(Note.Kind, $"{number}"),
                Token)));
            var changes = await Store.ReadChangesAsync(Note.Kind, seen, Token);
            foreach (var change in changes.Changes)
            {
                replayed.Remove(change.Key);
                if (change.Value is { } note)
                {
                    replayed.Add(change.Key, note);
                }
            }

            seen = changes.Revision;
            Assert.Equal(Store.Current.Of(Note.Kind).All.ToArray(), replayed.Values.ToArray());
        }
    }

    [Fact]
    public async Task A_kind_that_nobody_registered_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.ChangeAsync(snapshot => snapshot.With(Note.KindWithSteps(), Make("a")), Token));

    private static Note Make(string id, string topic = "t") => new() { Id = id, Topic = topic };
}
