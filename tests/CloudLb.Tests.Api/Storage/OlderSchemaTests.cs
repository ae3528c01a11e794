using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

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
    [InlineData(1, "drop table history; drop table access_key; drop table server_certificate")]
    [InlineData(2, "drop table history; drop table access_key")]
    [InlineData(3, "drop table history")]
    public async Task Is_moved_forward_and_kept_beside(int version, string without)
    {
        await MakeAsync(version, without);

        using (var store = _folder.Open(_changes))
        {
            Assert.Equal(2, store.Current.Count);
            await store.DeleteAsync(SampleLoadBalancer.Key("kept-00000"), Token);
        }

        var copy = OlderCopy.PathOf(_folder.Database, version);
        Assert.Equal((version, 2L), Look(copy));
        Assert.Equal((Schema.Newest, 1L), Look(_folder.Database));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.False(File.Exists(copy + ".tmp"));
    }

    [Fact]
    public async Task Whoever_goes_back_finds_the_copy_to_be_a_database_of_its_own_and_may_come_again()
    {
        await MakeAsync(3, "drop table history");
        _folder.Open(_changes).Dispose();
        File.Move(OlderCopy.PathOf(_folder.Database, 3), _folder.Database, overwrite: true);
        File.Delete(_folder.Database + "-wal");
        File.Delete(_folder.Database + "-shm");
        File.Delete(DatabaseRecord.PathIn(_folder.Path));

        using var store = _folder.Open(_changes);

        Assert.Equal(2, store.Current.Count);
        Assert.Equal((3, 2L), Look(OlderCopy.PathOf(_folder.Database, 3)));
    }

    [Fact]
    public async Task Is_left_as_it_is_where_the_copy_cannot_be_kept()
    {
        await MakeAsync(3, "drop table history");
        var copy = OlderCopy.PathOf(_folder.Database, 3);
        Directory.CreateDirectory(copy);

        var refusal = Assert.Throws<DatabaseRefusedException>(() => _folder.Open(_changes));

        Assert.Contains($"no copy of it can be kept at {copy}", refusal.Message);
        Assert.Equal((3, 2L), Look(_folder.Database));
    }

    private async Task MakeAsync(int version, string without)
    {
        await _folder.FillAsync(2, Token);
        _folder.Execute($"{without}; pragma user_version = {version}");
        File.Delete(DatabaseRecord.PathIn(_folder.Path));
    }

    private static (int Version, long LoadBalancers) Look(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return (Schema.VersionOf(connection), connection.ExecuteScalar<long>("select count(*) from load_balancer"));
    }
}
