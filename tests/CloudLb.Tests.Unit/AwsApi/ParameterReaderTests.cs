using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>From form text to typed requests, and what is said of those that do not fit the model.</summary>
public sealed class ParameterReaderTests
{
    [Fact]
    public void Structures_and_lists_are_read_by_their_dotted_names()
    {
        var request = Read<CreateLoadBalancerRequest>(
            "LoadBalancerName=web&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort=80" +
            "&Listeners.member.1.InstancePort=8080" +
            "&AvailabilityZones.member.1=a&AvailabilityZones.member.2=b&Tags.member.1.Key=k%C3%A9y&Unknown.member.x=1");

        Assert.Equal("web", request.LoadBalancerName);
        Assert.Equal(new Listener { Protocol = "HTTP", LoadBalancerPort = 80, InstancePort = 8080 }, Assert.Single(request.Listeners));
        Assert.Equal(["a", "b"], request.AvailabilityZones);
        Assert.Equal(new Tag { Key = "kéy" }, Assert.Single(request.Tags!));
        Assert.Null(request.Subnets);
    }

    [Fact]
    public void Members_come_in_the_order_of_their_numbers_and_gaps_are_closed() => Assert.Equal(
        ["a", "b", "c"],
        Read<DescribeLoadBalancersRequest>(
            "LoadBalancerNames.member.10=c&LoadBalancerNames.member.9=b&LoadBalancerNames.member.3=a").LoadBalancerNames);

    [Fact]
    public void A_bare_name_is_an_empty_list()
    {
        Assert.Empty(Read<DescribeLoadBalancersRequest>("LoadBalancerNames=").LoadBalancerNames!);
        Assert.Empty(Read<DescribeLoadBalancersRequest>("LoadBalancerNames").LoadBalancerNames!);
        Assert.Null(Read<DescribeLoadBalancersRequest>("Marker=m").LoadBalancerNames);
    }

    [Fact]
    public void An_empty_number_or_Boolean_is_absent_and_an_empty_text_is_a_text()
    {
        var request = Read<DescribeLoadBalancersRequest>("PageSize=&Marker=");

        Assert.Null(request.PageSize);
        Assert.Equal("", request.Marker);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("False", false)]
    public void A_Boolean_may_be_in_any_case(string text, bool value)
    {
        var request = Read<ModifyLoadBalancerAttributesRequest>(
            $"LoadBalancerName=a&LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled={text}");

        Assert.Equal(value, request.LoadBalancerAttributes.CrossZoneLoadBalancing?.Enabled);
    }

    [Fact]
    public void The_first_of_two_equal_names_wins() => Assert.Equal("1", Read<DescribeLoadBalancersRequest>("Marker=1&Marker=2").Marker);

    [Fact]
    public void Names_are_case_sensitive() => Assert.Null(Read<DescribeLoadBalancersRequest>("marker=1").Marker);

    [Theory]
    [InlineData("LoadBalancerName=a&Instances.member.1=i-1", "Unexpected complex element termination")]
    [InlineData("LoadBalancerName=a&Instances=i-1", "Unexpected list element termination")]
    [InlineData("LoadBalancerName=a&Instances.member=i-1", "Unexpected list element termination")]
    [InlineData("LoadBalancerName=a&Instances.member.one.InstanceId=i-1", "Start of structure or map found where not expected.")]
    [InlineData("LoadBalancerName=a&Instances.member.-1.InstanceId=i-1", "Start of structure or map found where not expected.")]
    [InlineData("LoadBalancerName=a&Instances.member.99999999999.InstanceId=i", "Start of structure or map found where not expected.")]
    [InlineData("LoadBalancerName=a&Instances.1.InstanceId=i-1", "Start of structure or map found where not expected.")]
    [InlineData("LoadBalancerName=a&Instances.member.1.member.1=i-1", "Start of list found where not expected")]
    [InlineData("LoadBalancerName.member.1=a", "Start of list found where not expected")]
    [InlineData("LoadBalancerName.First=a", "Start of structure or map found where not expected.")]
    [InlineData("member.1=a", "Top level element may not be treated as a list")]
    public void Mixed_up_structures_are_malformed(string form, string message) =>
        Assert.Equal(("MalformedInput", 400, message), ErrorOf<RegisterInstancesWithLoadBalancerRequest>(form));

    [Theory]
    [InlineData("PageSize=ten", "'ten' at 'pageSize' is not a valid integer")]
    [InlineData("PageSize=1.5", "'1.5' at 'pageSize' is not a valid integer")]
    [InlineData("PageSize=%201", "' 1' at 'pageSize' is not a valid integer")]
    [InlineData("PageSize=99999999999", "'99999999999' at 'pageSize' is not a valid integer")]
    [InlineData("PageSize=%EF%BC%91", "'１' at 'pageSize' is not a valid integer")]
    public void A_value_that_is_no_number_is_malformed(string form, string message) =>
        Assert.Equal(("MalformedInput", 400, message), ErrorOf<DescribeLoadBalancersRequest>(form));

    [Fact]
    public void A_value_that_is_no_Boolean_is_malformed() => Assert.Equal(
        ("MalformedInput", 400, "'yes' at 'loadBalancerAttributes.crossZoneLoadBalancing.enabled' is not a valid boolean"),
        ErrorOf<ModifyLoadBalancerAttributesRequest>("LoadBalancerName=a&LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled=yes"));

    [Fact]
    public void A_missing_member_is_told_in_AWS_s_words() => Assert.Equal(
        (
            "ValidationError", 400,
            "1 validation error detected: Value null at 'loadBalancerNames' failed to satisfy constraint: Member must not be null"),
        ErrorOf<DescribeTagsRequest>(""));

    [Fact]
    public void Every_broken_constraint_is_told_in_the_model_s_order()
    {
        var form = "HealthCheck.Interval=600&HealthCheck.Timeout=1&HealthCheck.Target=TCP:1&HealthCheck.HealthyThreshold=";

        Assert.Equal(
            (
                "ValidationError", 400,
                "5 validation errors detected: " +
                "Value null at 'loadBalancerName' failed to satisfy constraint: Member must not be null; " +
                "Value '600' at 'healthCheck.interval' failed to satisfy constraint: Member must have value less than or equal to 300; " +
                "Value '1' at 'healthCheck.timeout' failed to satisfy constraint: Member must have value greater than or equal to 2; " +
                "Value null at 'healthCheck.unhealthyThreshold' failed to satisfy constraint: Member must not be null; " +
                "Value null at 'healthCheck.healthyThreshold' failed to satisfy constraint: Member must not be null"),
            ErrorOf<ConfigureHealthCheckRequest>(form));
    }

    [Fact]
    public void A_member_of_a_list_is_named_with_its_number() => Assert.Equal(
        (
            "ValidationError", 400,
            "2 validation errors detected: " +
            "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
            "Value 'a<b' at 'tags.2.member.value' failed to satisfy constraint: " +
            @"Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"),
        ErrorOf<AddTagsRequest>("LoadBalancerNames.member.1=a&Tags.member.1.Key=&Tags.member.5.Key=k&Tags.member.5.Value=a%3Cb"));

    [Theory]
    [InlineData("", "Value '[]' at 'loadBalancerNames' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("21", "at 'loadBalancerNames' failed to satisfy constraint: Member must have length less than or equal to 20")]
    public void A_list_has_its_length(string count, string message)
    {
        var form = count.Length == 0
            ? "LoadBalancerNames="
            : string.Join('&', Enumerable.Range(1, 21).Select(n => $"LoadBalancerNames.member.{n}=n{n}"));

        var (code, _, text) = ErrorOf<DescribeTagsRequest>(form);

        Assert.Equal("ValidationError", code);
        Assert.EndsWith(message, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("team%0A")]
    [InlineData("%0Ateam")]
    [InlineData("te%00am")]
    [InlineData("te%0D%0Aam")]
    public void A_line_break_does_not_slip_past_a_pattern(string key) =>
        Assert.Equal("ValidationError", ErrorOf<AddTagsRequest>($"LoadBalancerNames.member.1=a&Tags.member.1.Key={key}").Code);

    [Theory]
    [InlineData("𠮷野家", true)]
    [InlineData("𝒳𝟙", true)]
    [InlineData("🚀", false)]
    [InlineData("a🚀𠮷", false)]
    [InlineData("\ud842", false)]
    public void A_letter_beyond_the_first_65536_is_a_letter_to_a_pattern_too(string value, bool isAllowed)
    {
        var tags = $"LoadBalancerNames.member.1=a&Tags.member.1.Key=k&Tags.member.1.Value={value}";

        if (isAllowed)
        {
            Assert.Equal(value, Assert.Single(Read<AddTagsRequest>(tags).Tags).Value);
        }
        else
        {
            Assert.Equal("ValidationError", ErrorOf<AddTagsRequest>(tags).Code);
        }
    }

    [Fact]
    public void An_idle_timeout_of_4000_seconds_is_allowed_and_4001_is_not()
    {
        const string Form = "LoadBalancerName=a&LoadBalancerAttributes.ConnectionSettings.IdleTimeout=";

        Assert.Equal(4000, Read<ModifyLoadBalancerAttributesRequest>(Form + "4000").LoadBalancerAttributes.ConnectionSettings?.IdleTimeout);
        Assert.Equal("ValidationError", ErrorOf<ModifyLoadBalancerAttributesRequest>(Form + "4001").Code);
    }

    [Fact]
    public void A_huge_value_is_cut_in_the_message()
    {
        var (_, _, message) = ErrorOf<AddTagsRequest>($"LoadBalancerNames.member.1=a&Tags.member.1.Key={new string('k', 500_000)}");

        Assert.InRange(message!.Length, 2048, 2048 + 200);
    }

    [Fact]
    public void Many_broken_constraints_are_counted_but_not_all_told()
    {
        var form = string.Join('&', Enumerable.Range(1, 5_000).Select(n => $"Tags.member.{n}.Value=v"));

        var (_, _, message) = ErrorOf<AddTagsRequest>($"LoadBalancerNames.member.1=a&{form}");

        Assert.StartsWith("5000 validation errors detected: Value null at 'tags.1.member.key'", message, StringComparison.Ordinal);
        Assert.InRange(message!.Length, 1_000, 20_000);
    }

    [Fact]
    public void A_name_of_very_many_parts_names_nothing() =>
        Assert.Null(Read<DescribeLoadBalancersRequest>($"Marker{string.Concat(Enumerable.Repeat(".a", 200))}=1").Marker);

    private static TRequest Read<TRequest>(string form)
        where TRequest : IShape<TRequest>
    {
        var parameters = new List<KeyValuePair<string, string>>();
        ParameterParser.Parse(Encoding.UTF8.GetBytes(form), parameters);
        return ShapeReader.ReadRequest<TRequest>(ParameterNode.Root(parameters));
    }

    private static (string Code, int Status, string? Message) ErrorOf<TRequest>(string form)
        where TRequest : IShape<TRequest>
    {
        var error = Assert.Throws<WireException>(() => Read<TRequest>(form)).Error;
        return (error.Code, error.HttpStatus, error.Message);
    }
}
