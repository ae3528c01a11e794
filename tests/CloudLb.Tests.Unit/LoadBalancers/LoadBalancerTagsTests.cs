using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerTagsTests
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer().WithTags([new("team", "a"), new("env", "")], Sample.Quotas);

    [Fact]
    public void A_key_that_is_there_gets_the_new_value_and_the_others_stay() =>
        Assert.Equal([new("env", ""), new("team", "b")], Web.WithTags([new("team", "b")], Sample.Quotas).Tags);

    [Fact]
    public void Keys_are_case_sensitive_and_stand_in_ordinal_order() =>
        Assert.Equal(
            ["Team", "env", "team", "équipe"],
            Web.WithTags([new("équipe", "d"), new("Team", "c")], Sample.Quotas).Tags.Select(tag => tag.Key));

    [Fact]
    public void One_key_twice_in_a_request_is_DuplicateTagKeys() => Assert.Equal(
        ("DuplicateTagKeys", "Duplicate Tag Keys found in the request. Tag keys should be unique."),
        Sample.Refusal(() => Web.WithTags([new("k", "1"), new("k", "1")], Sample.Quotas)));

    [Theory]
    [InlineData("aws:x")]
    [InlineData("AWS:x")]
    [InlineData("aws:")]
    public void Keys_that_begin_as_the_ones_of_AWS_are_refused(string key) =>
        Assert.Equal(
            ("ValidationError", $"Tag key '{key}' cannot start with 'aws:'"),
            Sample.Refusal(() => Web.WithTags([new(key, "")], Sample.Quotas)));

    [Fact]
    public void The_quota_counts_old_and_new_keys_together()
    {
        var quotas = new Quotas { Tags = 2 };

        Assert.Equal("TooManyTags", Sample.Refusal(() => Web.WithTags([new("team", "b"), new("third", "")], quotas)).Code);
        Assert.Equal("b", Web.WithTags([new("team", "b")], quotas).Tags[1].Value);
    }

    [Fact]
    public void Removing_a_key_that_is_not_there_is_no_error()
    {
        Assert.Equal(Web, Web.WithoutTags(["TEAM", ""]));
        Assert.Equal([new("env", "")], Web.WithoutTags(["team", "team"]).Tags);
    }
}
