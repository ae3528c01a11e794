using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Dapper;

namespace CloudLb.Tests.Api.Storage;

/// <summary>The contract over SQLite, and what SQLite alone has: a file, its size and its locks.</summary>
public sealed class SqliteStoreTests : ResourceStoreContract
{
    private readonly SqliteStoreFolder _folder = new();
    private SqliteStore _store;

    public SqliteStoreTests() => _store = _folder.Open(Changes);

    protected override IResourceStore Store => _store;

    [Fact]
    public async Task A_full_disk_refuses_the_change_and_what_was_kept_stays()
    {
        _store.Dispose();
        _store = _folder.Open(Changes, maximumPages: 12);
        var kept = new List<LoadBalancerKey>();
        var refusal = await Record.ExceptionAsync(async () =>
        {
            for (var number = 0; number < 1000; number++)
            {
                var key = SampleLoadBalancer.Key($"lb-{number}");
                await CreateAsync(key);
                kept.Add(key);
            }
        });

        var unavailable = Assert.IsType<ServiceException>(refusal);
        Assert.Equal(("ServiceUnavailable", true), (unavailable.Code, unavailable.Message.Contains("the disk is full")));
        Assert.Equal([3002], _folder.LoggedErrors);
        Assert.Equal(kept.Order(), Keys());

        // Whoever tries again and again does not fill the log with the same.
        for (var number = 0; number < 20; number++)
        {
            await Assert.ThrowsAsync<ServiceException>(() => CreateAsync(SampleLoadBalancer.Key($"again-{number}")));
        }

        Assert.Equal([3002], _folder.LoggedErrors);

        // Room again, and changes are taken again.
        await Task.WhenAll(kept.Select(key => Store.DeleteAsync(key, Token)));
        await CreateAsync(SampleLoadBalancer.Key("after"));
        Reopen();
        Assert.Equal([SampleLoadBalancer.Key("after")], Keys());
    }

    [Fact]
    public async Task A_database_locked_by_another_program_refuses_the_change_until_it_is_free()
    {
        await CreateAsync(SampleLoadBalancer.Key("before"));
        using (var other = _folder.Connect())
        {
            other.Execute("begin immediate");
            var refusal = await Assert.ThrowsAsync<ServiceException>(() => CreateAsync(SampleLoadBalancer.Key("during")));

            Assert.Equal(("ServiceUnavailable", true), (refusal.Code, refusal.Message.Contains("another program has locked")));
            Assert.Equal([SampleLoadBalancer.Key("before")], Keys());
            Assert.EndsWith(
                "cannot be written: another program has locked the database.", await _store.WhyNotWritableAsync(Token),
                StringComparison.Ordinal);
        }

        Assert.Null(await _store.WhyNotWritableAsync(Token));
        await CreateAsync(SampleLoadBalancer.Key("during"));
        Reopen();
        Assert.Equal([SampleLoadBalancer.Key("before"), SampleLoadBalancer.Key("during")], Keys());
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        await CreateAsync(SampleLoadBalancer.Key("web"));

        Assert.All(
            Directory.GetFiles(_folder.Path, "cloudlb.db*"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_row_can_be_read_by_a_person_and_names_the_commit_that_wrote_it()
    {
        var key = SampleLoadBalancer.Key("web");
        await Store.CreateAsync(key, _ => SampleLoadBalancer.Full(key), Token);
        await Store.UpdateAsync(key, Tag("team", "blue"), Token);
        using var connection = _folder.Connect();
        var row = connection.QuerySingle<(
            string Kind, string Key, long Revision, long Version, string Scheme, string Target, string Owner)>(
            """
            select kind, key, revision, version, document ->> '$.scheme', document ->> '$.healthCheck.target', document ->> '$.tags[0].key'
            from   resource
            """);

        Assert.Equal(
            ("classic-load-balancer", "123456789012/us-east-1/web", 2L, 1L, "Internal", "HTTP:8080/ping?a='b'&c=\"d\"", "owner"), row);
    }

    [Fact]
    public async Task A_change_after_the_end_is_refused()
    {
        _store.Dispose();
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => CreateAsync(SampleLoadBalancer.Key("late")));

        Assert.Equal("ServiceUnavailable", refusal.Code);
        _store = _folder.Open(Changes);
    }

    [Fact]
    public async Task The_end_waits_for_every_change_that_was_accepted()
    {
        var accepted = Enumerable.Range(0, 500).Select(number => CreateAsync(SampleLoadBalancer.Key($"lb-{number:D3}"))).ToArray();
        Reopen();
        await Task.WhenAll(accepted);

        Assert.Equal(500, Store.Current.LoadBalancers.Count);
    }

    [Fact]
    public async Task Deletions_are_forgotten_when_there_are_too_many_and_whoever_missed_them_is_given_all_there_is()
    {
        const int Count = ResourceTable.KeptDeletions * 12 / 10;
        var ids = Enumerable.Range(0, Count).Select(number => $"{number:D5}").ToList();
        await Store.ChangeAsync(
            snapshot => ids.Aggregate(snapshot, (next, id) => next.With(Note.Kind, new() { Id = id, Topic = "t" })), Token);
        var made = Store.Current.Revision;
        foreach (var some in ids.Chunk(1000))
        {
            await Store.ChangeAsync(snapshot => some.Aggregate(snapshot, (next, id) => next.Without(Note.Kind, id)), Token);
        }

        await Store.ChangeAsync(snapshot => snapshot.With(Note.Kind, new() { Id = "last", Topic = "t" }), Token);
        Reopen();
        var all = await Store.ReadChangesAsync(Note.Kind, made, Token);
        var recent = await Store.ReadChangesAsync(Note.Kind, Store.Current.Revision - 2, Token);

        Assert.Equal((true, "last"), (all.IsWhole, Assert.Single(all.Changes).Key));
        Assert.Equal((false, 1001), (recent.IsWhole, recent.Changes.Count));
    }

    public override void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        base.Dispose();
    }

    protected override void Reopen()
    {
        _store.Dispose();
        _store = _folder.Open(Changes);
    }

    private IEnumerable<LoadBalancerKey> Keys() => Store.Current.LoadBalancers.All.Select(loadBalancer => loadBalancer.Key).Order();
}
