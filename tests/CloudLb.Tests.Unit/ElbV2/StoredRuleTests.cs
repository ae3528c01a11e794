using System.Text.Json;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Tests.Unit.ElbV2;

/// <summary>Rules as they are stored.</summary>
public sealed class StoredRuleTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("v")]
    public void A_pair_of_the_query_is_read_as_it_was_written_also_without_a_key(string? key)
    {
        var options = ListenerDocument.Form.Options;
        var pair = new QueryPair(Value: "1", Key: key);

        Assert.Equal(pair, JsonSerializer.Deserialize<QueryPair>(JsonSerializer.Serialize(pair, options), options));
    }
}
