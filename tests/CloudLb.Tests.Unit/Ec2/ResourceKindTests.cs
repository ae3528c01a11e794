using CloudLb.AwsApi;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Tests.Unit.Ec2;

public sealed class ResourceKindTests
{
    private static readonly string[] Words = ["apple", "pear", "plum", "quince", "grape", "fig", "apricot"];

    private static readonly ResourceKind<string> Fruit = new()
    {
        Id = word => word,
        NotFound = id => Ec2Errors.NotFound("InvalidFruit.NotFound", "fruit", id),
        Filters = new Dictionary<string, Func<string, IEnumerable<string?>>>
        {
            ["name"] = word => [word],
            ["length"] = word => [$"{word.Length}"],
        },
        Tags = word => word.StartsWith('p') ? [new("colour", "red"), new("size", word[1..2])] : [],
    };

    [Theory]
    [InlineData("name=plum", "plum")]
    [InlineData("name=plum,fig", "fig plum")]
    [InlineData("name=ap*", "apple apricot")]
    [InlineData("name=p??r", "pear")]
    [InlineData("name=Plum", "")]
    [InlineData("name=ap*;length=5", "apple")]
    [InlineData("tag:colour=red", "pear plum")]
    [InlineData("tag:colour=green,r*;tag:size=l", "plum")]
    [InlineData("tag-key=siz?", "pear plum")]
    [InlineData("tag:red=colour", "")]
    [InlineData("name=", "")]
    public void Filters_narrow_one_another_and_their_values_are_alternatives(string filters, string expected) => Assert.Equal(
        expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Fruit.Select(Words, new() { Filters = [.. filters.Split(';').Select(Filter)] }).Page);

    [Fact]
    public void What_has_a_place_of_its_own_stands_there_and_pages_go_by_it()
    {
        var first = new ResourceKind<string>
        {
            Id = Fruit.Id, NotFound = Fruit.NotFound, Filters = Fruit.Filters, Place = word => word == "quince" ? word : "~" + word,
        };

        var (page, next) = first.Select(Words, new() { MaxResults = 5 });
        Assert.Equal(["quince", "apple", "apricot", "fig", "grape"], page);
        Assert.Equal(["pear", "plum"], first.Select(Words, new() { MaxResults = 5, NextToken = next }).Page);
    }

    [Fact]
    public void Ids_must_all_be_there()
    {
        Assert.Equal(["fig", "pear"], Fruit.Select(Words, new() { Ids = ["pear", "fig"] }).Page);
        Assert.Equal("InvalidFruit.NotFound", Code(new() { Ids = ["pear", "stone"] }));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(1001, null)]
    [InlineData(null, "%%%")]
    public void What_cannot_be_asked_is_InvalidParameterValue(int? maxResults, string? token) =>
        Assert.Equal("InvalidParameterValue", Code(new() { MaxResults = maxResults, NextToken = token }));

    [Theory]
    [InlineData("colour")]
    [InlineData("tags")]
    [InlineData("tag")]
    [InlineData("Tag:colour")]
    public void A_filter_that_is_not_known_is_refused_in_EC2_s_words(string name)
    {
        var refusal = Assert.Throws<WireException>(() => Fruit.Select(Words, new() { Filters = [Filter($"{name}=red")] })).Error;

        Assert.Equal(("InvalidParameterValue", $"The filter '{name}' is invalid"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void A_filter_on_tags_is_refused_of_a_kind_that_has_none()
    {
        var zones = new ResourceKind<string> { Id = word => word, NotFound = Fruit.NotFound, Filters = Fruit.Filters };

        Assert.Throws<WireException>(() => zones.Select(Words, new() { Filters = [Filter("tag:colour=red")] }));
    }

    [Fact]
    public void Pages_follow_one_another()
    {
        var first = Fruit.Select(Words, new() { MaxResults = 5 });
        var second = Fruit.Select(Words, new() { MaxResults = 5, NextToken = first.NextToken });

        Assert.Equal((5, 2, null), (first.Page.Count, second.Page.Count, second.NextToken));
        Assert.Equal(Words.Order(StringComparer.Ordinal), first.Page.Concat(second.Page));
    }

    private static Filter Filter(string text) => text.Split('=') is [var name, var values]
        ? new() { Name = name, Values = values.Split(',') }
        : throw new ArgumentException("A filter is name=value,value.", nameof(text));

    private static string Code(Selection selection) => Assert.Throws<WireException>(() => Fruit.Select(Words, selection)).Error.Code;
}
