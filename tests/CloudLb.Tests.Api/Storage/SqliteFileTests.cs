using System.Security.Cryptography;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Dapper;

namespace CloudLb.Tests.Api.Storage;

/// <summary>Which files the store takes for its own, and that it leaves the others as they are.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteStoreFolder _folder = new();
    private readonly ChangeSignal _changes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_that_is_no_database_is_refused_untouched()
    {
        File.WriteAllText(_folder.Database, "load balancers, please");

        AssertRefusedUntouched("is damaged or no SQLite database");
    }

    [Theory]
    [InlineData(0, "a header of zeros")]
    [InlineData(4096, "the table's root page")]
    [InlineData(40960, "a page in the middle")]
    public async Task A_damaged_page_is_refused_untouched(int offset, string page)
    {
        await _folder.FillAsync(200, Token);
        using (var file = File.OpenWrite(_folder.Database))
        {
            Assert.True(file.Length > offset + 2048, page);
            file.Position = offset;
            file.Write(new byte[2048]);
        }

        AssertRefusedUntouched("is damaged or no SQLite database");
    }

    [Fact]
    public async Task A_file_cut_short_is_refused_untouched()
    {
        await _folder.FillAsync(200, Token);
        using (var file = File.OpenWrite(_folder.Database))
        {
            file.SetLength(file.Length / 2);
        }

        AssertRefusedUntouched("is damaged or no SQLite database");
    }

    [Fact]
    public async Task A_document_that_cannot_be_understood_is_refused_and_named()
    {
        await _folder.FillAsync(2, Token);
        _folder.Execute(
            "update resource set document = replace(document, '\"Internal\"', '\"Interstellar\"') where key like '%/kept-00001'");
        _folder.Execute("pragma wal_checkpoint(truncate)");

        AssertRefusedUntouched(
            "a newer one has written it, or it is damaged. The document of the classic-load-balancer 123456789012/us-east-1/kept-00001 " +
            "cannot be read");
    }

    [Fact]
    public async Task A_file_of_a_newer_schema_is_refused_untouched()
    {
        await _folder.FillAsync(2, Token);
        _folder.Execute($"pragma user_version = {Schema.Newest + 1}");

        AssertRefusedUntouched($"was written by a newer CloudLb (schema version {Schema.Newest + 1}; this one knows {Schema.Newest})");
    }

    [Fact]
    public async Task A_newer_schema_that_stands_in_the_log_alone_is_refused_untouched()
    {
        await _folder.FillAsync(2, Token);
        using var killed = new SqliteStoreFolder();
        using (var newer = _folder.Connect())
        {
            newer.Execute($"pragma user_version = {Schema.Newest + 1}");
            File.Copy(_folder.Database, killed.Database);
            File.Copy(_folder.Database + "-wal", killed.Database + "-wal");
        }

        var (file, log) = (File.ReadAllBytes(killed.Database), File.ReadAllBytes(killed.Database + "-wal"));
        var refusal = Assert.Throws<DatabaseRefusedException>(() => killed.Open(_changes));

        Assert.Contains("was written by a newer CloudLb", refusal.Message);
        Assert.Equal(file, File.ReadAllBytes(killed.Database));
        Assert.Equal(log, File.ReadAllBytes(killed.Database + "-wal"));
    }

    [Theory]
    [InlineData("pragma application_id = 1196444487")] // GeoPackage's
    [InlineData("pragma user_version = 1")]
    [InlineData("pragma journal_mode = wal")]
    public void Another_programs_database_is_refused_untouched(string pragma)
    {
        _folder.Execute($"create table invoice (number integer); {pragma}");

        AssertRefusedUntouched("is another program's database");
    }

    [Fact]
    public async Task A_database_that_another_store_has_open_is_refused()
    {
        using var store = _folder.Open(_changes);
        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));
        await store.DeleteAsync(SampleLoadBalancer.Key("web"), Token);

        Assert.Contains("Stop the other CloudLb", refusal.Message);
    }

    [Theory]
    [InlineData("pragma journal_mode = wal")]
    [InlineData("vacuum")]
    public void What_is_left_of_a_start_that_was_killed_is_taken_over(string remains)
    {
        _folder.Execute(remains);
        using var store = _folder.Open(_changes);

        Assert.Equal(0, store.Current.LoadBalancers.Count);
    }

    [Fact]
    public async Task A_document_from_before_there_were_policies_is_read()
    {
        await _folder.FillAsync(1, Token);
        _folder.Execute(
            "update resource set document = json_remove(document, '$.policies', '$.listenerPolicies', '$.backendServerPolicies', " +
            "'$.stickinessKey')");
        using var store = _folder.Open(_changes);

        Assert.Equal(
            (0, null), (store.Current.LoadBalancers.All.Single().Policies.Count, store.Current.LoadBalancers.All.Single().StickinessKey));
    }

    [Fact]
    public async Task Members_of_a_newer_document_are_passed_over()
    {
        await _folder.FillAsync(1, Token);
        _folder.Execute("update resource set document = json_set(document, '$.mood', 'good', '$.attributes.speed', json('{\"limit\":1}'))");
        using var store = _folder.Open(_changes);

        Assert.Equal(
            SampleLoadBalancer.Full(SampleLoadBalancer.Key("kept-00000")).Tags,
            store.Current.LoadBalancers.Get(SampleLoadBalancer.Key("kept-00000")).Tags);
    }

    [Fact]
    public async Task Ten_thousand_load_balancers_come_back_and_page_in_order()
    {
        await _folder.FillAsync(10_000, Token);
        using var store = _folder.Open(_changes);
        var names = new List<string>();
        string? last = null;
        do
        {
            var page = store.Current.LoadBalancers.Page(SampleLoadBalancer.Key("").Account, "us-east-1", last, 400);
            names.AddRange(page.Select(loadBalancer => loadBalancer.Key.Name));
            last = page.Count == 400 ? page[^1].Key.Name : null;
        }
        while (last is not null);

        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => $"kept-{number:D5}"), names);
    }

    [Fact]
    public void Schema_files_are_numbered_from_one_without_gaps()
    {
        var numbers = typeof(Schema).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => int.Parse(name.AsSpan(name.IndexOf("Schema.", StringComparison.Ordinal) + 7, 3)));

        Assert.Equal(Enumerable.Range(1, Schema.Newest), numbers);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _changes.Dispose();
    }

    private void AssertRefusedUntouched(string words)
    {
        var before = Contents();
        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));

        Assert.Contains(words, refusal.Message);
        Assert.Contains(_folder.Database, refusal.Message);
        Assert.Equal(before, Contents());
    }

    /// <summary>Every file of the directory and what is in it: nothing may change, and nothing may come.</summary>
    private IEnumerable<string> Contents() =>
        [.. Directory.GetFiles(_folder.Path)
            .Order()
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
}
