using System.Collections.Immutable;
using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Lists_are_equal_when_their_elements_are_in_the_same_order()
    {
        EquatableArray<Tag> tags = [new("a", "1"), new("b", "2")];
        EquatableArray<Tag> same = [new("a", "1"), new("b", "2")];

        Assert.True(tags == same && tags.Equals((object)same) && tags.GetHashCode() == same.GetHashCode());
        Assert.True(tags != [new("b", "2"), new("a", "1")]);
        Assert.True(tags != [new("a", "1")]);
        Assert.False(tags.Equals("other"));
    }

    [Fact]
    public void The_list_that_was_never_set_is_the_empty_one()
    {
        EquatableArray<int> unset = default;

        Assert.True(
            unset == []
                && unset == new EquatableArray<int>(ImmutableArray<int>.Empty)
                && unset.GetHashCode() == EquatableArray<int>.Empty.GetHashCode());
        Assert.Empty(unset);
        Assert.Equal([7], unset.Add(7));
        Assert.Equal("[]", JsonSerializer.Serialize(unset));
        Assert.Throws<IndexOutOfRangeException>(() => unset[0]);
    }

    [Fact]
    public void Adding_leaves_the_list_before_as_it_was()
    {
        EquatableArray<string?> before = ["a"];

        Assert.Equal(["a", null], before.Add(null));
        Assert.Equal("a", Assert.Single(before));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[3,1,2]")]
    public void A_list_is_a_JSON_array(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<EquatableArray<int>>(json)));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[\"a\"]")]
    [InlineData("[1")]
    public void Other_JSON_is_no_list(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EquatableArray<int>>(json));
}
