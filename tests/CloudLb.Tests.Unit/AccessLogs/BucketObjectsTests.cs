using CloudLb.AccessLogs;
using CloudLb.AccessLogs.Delivery;
using CloudLb.Core.Accounts;
using CloudLb.Core.Buckets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.Unit.AccessLogs;

/// <summary>What is read from buckets on a tenant's word.</summary>
public sealed class BucketObjectsTests : IDisposable
{
    private static readonly AccountId Owner = new("123456789012"), Other = new("210987654321");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-");

    public BucketObjectsTests()
    {
        foreach (var bucket in new[] { "owned", "everyones" })
        {
            Directory.CreateDirectory(Path.Combine(_directory.FullName, "buckets", bucket, "a"));
            File.WriteAllText(Path.Combine(_directory.FullName, "buckets", bucket, "a", "b.pem"), "content");
            File.WriteAllText(Path.Combine(_directory.FullName, "buckets", bucket, "a", "b\u001b[31m.pem"), "content");
        }

        File.WriteAllText(Path.Combine(_directory.FullName, "secret"), "secret");
        File.WriteAllText(Path.Combine(_directory.FullName, "buckets", "secret"), "secret");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("owned", "a/b.pem", null, true, true)]
    [InlineData("owned", "a/b.pem", null, false, false)]
    [InlineData("everyones", "a/b.pem", null, false, true)]
    [InlineData("everyones", "a/b.pem", "version", true, false)]
    [InlineData("everyones", "a", null, true, false)]
    [InlineData("everyones", "a/", null, true, false)]
    [InlineData("everyones", "", null, true, false)]
    [InlineData("everyones", "../owned/a/b.pem", null, false, false)]
    [InlineData("everyones", "a/../../owned/a/b.pem", null, false, false)]
    [InlineData("everyones/../owned", "a/b.pem", null, false, false)]
    [InlineData("..", "secret", null, true, false)]
    [InlineData("everyones", "../../secret", null, true, false)]
    [InlineData(".", "secret", null, true, false)]
    [InlineData("", "secret", null, true, false)]
    [InlineData("secret", "x", null, true, false)]
    [InlineData("everyones", "a/b.pem\0", null, true, false)]
    [InlineData("everyones", "a/b\u001b[31m.pem", null, true, false)]
    public async Task An_account_reads_what_is_in_its_buckets_and_nothing_else(
        string bucket, string key, string? version, bool isOwner, bool isRead)
    {
        var found = await ReadAsync(new(bucket, key, version), 7, isOwner ? Owner : Other);

        Assert.Equal(isRead ? ("content", null) : (null, ObjectFault.NotFound), (Text(found), found.Fault));
    }

    [Fact]
    public async Task What_is_longer_than_it_may_be_is_not_read()
    {
        Assert.Equal(ObjectFault.TooLong, (await ReadAsync(new("owned", "a/b.pem", null), 6, Owner)).Fault);
        var deep = string.Join('/', Enumerable.Repeat(new string('a', 300), 20));
        Assert.Equal(ObjectFault.NotFound, (await ReadAsync(new("owned", deep, null), 6, Owner)).Fault);
    }

    private static string? Text(BucketObject found) => found.Content is { } content ? System.Text.Encoding.UTF8.GetString(content) : null;

    private Task<BucketObject> ReadAsync(ObjectPlace place, int longest, AccountId account) => new BucketObjects(
        new DirectoryStore(Path.Combine(_directory.FullName, "buckets")),
        new(Options.Create(new AccessLogOptions { BucketAccounts = new() { ["owned"] = [Owner.ToString()] } })),
        TimeProvider.System,
        NullLogger<BucketObjects>.Instance).ReadAsync(account, place, longest, TestContext.Current.CancellationToken);
}
