using CloudLb.AccessLogs.Delivery;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.LoadBalancers;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class BucketTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudlb-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_test_object_makes_the_directory_that_stands_for_the_bucket()
    {
        await Buckets(_directory.FullName).CheckAsync(
            Sample.Key().ToId(), new AccessLog { Bucket = "logs", Prefix = "p", Interval = TimeSpan.FromMinutes(5) }, Token);

        var path = Path.Combine(_directory.FullName, "logs/p/AWSLogs/123456789012/ELBAccessLogTestFile");
        Assert.StartsWith("Enable AccessLog for ELB: web at ", await File.ReadAllTextAsync(path, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_load_balancers_can_try_one_bucket_at_once()
    {
        var buckets = Buckets(_directory.FullName);
        var log = new AccessLog { Bucket = "logs", Interval = TimeSpan.FromMinutes(5) };
        var faults = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => buckets.CheckAsync(Sample.Key().ToId(), log, Token), Token)));

        Assert.All(faults, fault => Assert.Null(fault));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/etc")]
    [InlineData("a/../../b")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("ab")]
    [InlineData("a b c")]
    [InlineData("logs\n")]
    public async Task A_name_that_no_bucket_has_is_denied(string bucket)
    {
        var fault = await CheckAsync(bucket, _directory.FullName);
        var refusal = BucketMapping.Refusal(fault!.Value, bucket);

        Assert.Equal(
            ("InvalidConfigurationRequest", 409, $"Access Denied for bucket: {bucket}. Please check S3bucket permission"),
            (refusal.Code, refusal.HttpStatus, refusal.Message));
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_told()
    {
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "", Token);

        var fault = await CheckAsync("logs", file);
        Assert.Equal("InvalidConfigurationRequest", BucketMapping.Refusal(fault!.Value, "logs").Code);
    }

    [Fact]
    public async Task A_prefix_that_no_directory_can_have_is_told_as_what_it_is()
    {
        var accessLog = new AccessLog { Bucket = "logs", Prefix = new('p', 256), Interval = TimeSpan.FromMinutes(5) };

        var refusal = BucketMapping.Refusal(
            (await Buckets(_directory.FullName).CheckAsync(Sample.Key().ToId(), accessLog, Token))!.Value, "logs");
        Assert.Equal("ValidationError", refusal.Code);
        Assert.StartsWith("S3Bucket prefix is too long", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("")]
    public async Task No_object_is_outside_of_its_bucket(string key)
    {
        using var content = new MemoryStream();

        await Assert.ThrowsAsync<BucketRefusedException>(
            () => new DirectoryStore(_directory.FullName).PutAsync("logs", key, content, Token));
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    private static Task<BucketFault?> CheckAsync(string bucket, string directory) =>
        Buckets(directory).CheckAsync(Sample.Key().ToId(), new AccessLog { Bucket = bucket, Interval = TimeSpan.FromMinutes(5) }, Token);

    private static Buckets Buckets(string directory) =>
        new(new DirectoryStore(directory), TimeProvider.System, NullLogger<Buckets>.Instance);
}
