using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Elb;

public sealed class MarkersTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("My-Web--2")]
    [InlineData("classic-registered-instances")]
    public void A_marker_says_where_the_page_before_ended_without_showing_it(string last)
    {
        var marker = Markers.Encode(last);

        Assert.DoesNotContain(last, marker);
        Assert.Equal(last, Markers.Decode(marker));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_marker_it_is_the_first_page(string? marker) => Assert.Null(Markers.Decode(marker));

    [Theory]
    [InlineData("!")]
    [InlineData("a")]
    [InlineData("YQ==")]
    [InlineData(" YQ")]
    [InlineData("YR")]
    [InlineData("_____w")]
    [InlineData("8J-SqQ")]
    [InlineData("YSBi")]
    [InlineData("é")]
    public void A_marker_that_was_never_given_out_is_a_ValidationError(string marker) =>
        Assert.Equal(("ValidationError", "The marker is not valid"), Sample.Refusal(() => Markers.Decode(marker)));
}
