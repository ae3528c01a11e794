using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Tests.Api.Storage;

/// <summary>Databases that older releases have left.</summary>
public sealed class OlderSchemaTests : IDisposable
{
    private readonly SqliteStoreFolder _folder = new();
    private readonly ChangeSignal _changes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _changes.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Is_moved_forward_and_kept_beside(int version)
    {
        OlderDatabase.Make(_folder, version);

        using (var store = _folder.Open(_changes))
        {
            var key = SampleLoadBalancer.Key("kept-00001");
            Assert.Equal(SampleLoadBalancer.Full(key), store.Current.LoadBalancers.Get(key));
            await store.DeleteAsync(SampleLoadBalancer.Key("kept-00000"), Token);
        }

        var copy = OlderCopy.PathOf(_folder.Database, version);
        Assert.Equal((version, 2L), Look(copy));
        Assert.Equal((Schema.Newest, 1L), Look(_folder.Database));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.False(File.Exists(copy + ".tmp"));
    }

    [Fact]
    public async Task Certificates_and_access_keys_come_along_with_their_secrets()
    {
        OlderDatabase.Make(_folder, 4);
        using var store = _folder.Open(_changes);
        var certificate = store.Current.Certificates.Find(OlderDatabase.Account, "web")!;
        var owner = new AccessKey { AccessKeyId = "AKIAGIVEN", SecretAccessKey = "given", Account = OlderDatabase.Account };
        var keys = new KnownAccessKeys(
            store, store, new([owner, owner with { AccessKeyId = "AKIADELETED" }]), NullLogger<KnownAccessKeys>.Instance);
        await keys.RecordGivenAsync(Token);

        Assert.Equal((OlderDatabase.CertificateId, "/site/"), (certificate.Id, certificate.Path));
        Assert.EndsWith("the private key\n", new CertificateSource(store, store).ReadPem(certificate.Id), StringComparison.Ordinal);
        Assert.Equal(("the secret", false), (keys.Find("AKIAMADE")!.SecretAccessKey, keys.Find("AKIAMADE")!.IsActive));
        Assert.Equal(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), keys.Find("AKIAGIVEN")!.CreateDate);
        Assert.Null(keys.Find("AKIADELETED"));
    }

    [Fact]
    public void Counts_its_changes_on_from_where_they_were()
    {
        OlderDatabase.Make(_folder, 4, changes: 17);
        using var store = _folder.Open(_changes);

        Assert.Equal((17, false), (store.Current.Revision, store.IsInDoubt));
    }

    [Fact]
    public void Whoever_goes_back_finds_the_copy_to_be_a_database_of_its_own_and_may_come_again()
    {
        OlderDatabase.Make(_folder, 3);
        _folder.Open(_changes).Dispose();
        File.Move(OlderCopy.PathOf(_folder.Database, 3), _folder.Database, overwrite: true);
        File.Delete(_folder.Database + "-wal");
        File.Delete(_folder.Database + "-shm");
        File.Delete(DatabaseRecord.PathIn(_folder.Path));

        using var store = _folder.Open(_changes);

        Assert.Equal(2, store.Current.LoadBalancers.Count);
        Assert.Equal((3, 2L), Look(OlderCopy.PathOf(_folder.Database, 3)));
    }

    [Fact]
    public void Is_left_as_it_is_where_the_copy_cannot_be_kept()
    {
        OlderDatabase.Make(_folder, 3);
        var copy = OlderCopy.PathOf(_folder.Database, 3);
        Directory.CreateDirectory(copy);

        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));

        Assert.Contains($"no copy of it can be kept at {copy}", refusal.Message);
        Assert.Equal((3, 2L), Look(_folder.Database));
    }

    [Fact]
    public async Task Documents_of_an_older_form_are_moved_forward_and_a_copy_is_kept()
    {
        using (var store = _folder.Open(_changes))
        {
            await store.ChangeAsync(snapshot => snapshot.With(Note.Kind, new() { Id = "a", Topic = "t", Text = "hello" }), Token);
        }

        var later = Note.KindWithSteps();
        using (var store = _folder.Open(_changes, notes: later))
        {
            Assert.Equal("hello!", store.Current.Of(later).Get("a").Text);
        }

        using var copy = Connect(OlderCopy.PathOf(_folder.Database, Schema.Newest));
        Assert.Equal("hello", copy.ExecuteScalar<string>("select document ->> '$.text' from resource where kind = 'note'"));
        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));
        Assert.Contains("was written by a newer CloudLb (the note a in a form that this one does not know)", refusal.Message);
    }

    private static (int Version, long LoadBalancers) Look(string path)
    {
        using var connection = Connect(path);
        var version = Schema.VersionOf(connection);
        return (version, connection.ExecuteScalar<long>(version == Schema.Newest
            ? "select count(*) from resource where kind = 'classic-load-balancer' and document is not null"
            : "select count(*) from load_balancer"));
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
