using CloudLb.AwsApi;

namespace CloudLb.Tests.Unit.AwsApi;

public sealed class RandomIdTests
{
    [Fact]
    public async Task Every_id_is_another_and_of_version_4()
    {
        // More than are made of one piece of randomness, on several threads.
        var ids = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 1000).Select(_ => RandomId.New()).ToList())))).SelectMany(each => each).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((4, 0b10), (id.Version, id.Variant >> 2)));
    }
}
