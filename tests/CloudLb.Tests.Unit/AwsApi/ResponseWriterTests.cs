using System.Text;
using System.Xml.Linq;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Answers as XML.</summary>
public sealed class ResponseWriterTests
{
    [Fact]
    public void An_absent_member_is_left_out_and_an_empty_list_is_an_empty_element() => Assert.Equal(
        "<R><Instances/></R>",
        Write(new RegisterInstancesWithLoadBalancerResponse { Instances = [] }));

    [Fact]
    public void A_result_without_members_is_an_empty_element() => Assert.Equal("<R/>", Write(new DeleteLoadBalancerResponse()));

    [Fact]
    public void A_list_of_structures_is_written_member_by_member() => Assert.Equal(
        "<R><TagDescriptions><member><LoadBalancerName>web</LoadBalancerName><Tags><member><Key>team</Key><Value>a</Value></member></" +
        "Tags></member><member><LoadBalancerName>empty</LoadBalancerName><Tags/></member></TagDescriptions></R>",
        Write(new DescribeTagsResponse
        {
            TagDescriptions =
            [
                new() { LoadBalancerName = "web", Tags = [new() { Key = "team", Value = "a" }] },
                new() { LoadBalancerName = "empty", Tags = [] },
            ],
        }));

    [Fact]
    public void A_time_is_utc_with_milliseconds()
    {
        var created = new DateTimeOffset(2012, 12, 27, 13, 51, 52, 970, TimeSpan.FromHours(2));

        Assert.Contains(
            "<CreatedTime>2012-12-27T11:51:52.970Z</CreatedTime>",
            Write(new DescribeLoadBalancersResponse { LoadBalancerDescriptions = [new() { CreatedTime = created }] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_Booleans_are_plain() => Assert.Equal(
        "<R><LoadBalancerAttributes><CrossZoneLoadBalancing><Enabled>true</Enabled></CrossZoneLoadBalancing><ConnectionSettings>" +
        "<IdleTimeout>60</IdleTimeout></ConnectionSettings></LoadBalancerAttributes></R>",
        Write(new DescribeLoadBalancerAttributesResponse
        {
            LoadBalancerAttributes = new()
            {
                CrossZoneLoadBalancing = new() { Enabled = true },
                ConnectionSettings = new() { IdleTimeout = 60 },
            },
        }));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("<a href=\"x\">&amp;</a>")]
    [InlineData("]]>")]
    [InlineData("line\nline\r\nline\rtab\t")]
    [InlineData("ünïcödé 日本語 😀")]
    [InlineData(" leading and trailing ")]
    [InlineData("/>")]
    [InlineData("DNSName>")]
    public void A_text_comes_back_as_it_was(string text) => Assert.Equal(text, RoundTrip(text));

    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("\u0001\u0008\u000B\u000C\u000E\u001F", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\uFFFE\uFFFF", "\uFFFD\uFFFD")]
    [InlineData("\u007F\u0085\u2028", "\u007F\u0085\u2028")]
    public void What_XML_cannot_write_becomes_the_replacement_character(string text, string written) =>
        Assert.Equal(written, RoundTrip(text));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("a\uFFFDb", RoundTrip(string.Concat("a", ((char)0xD800).ToString(), "b")));

    [Fact]
    public void A_document_type_in_an_answer_is_not_read() => Assert.Throws<InvalidDataException>(() =>
        ElasticLoadBalancingContract.DeleteLoadBalancer.ReadResponse("<!DOCTYPE a [<!ENTITY b \"c\">]><a><DeleteLoadBalancerResult/></a>"));

    private static string RoundTrip(string text)
    {
        var xml = Write(new CreateLoadBalancerResponse { DNSName = text });
        return XElement.Parse(xml, LoadOptions.PreserveWhitespace).Element("DNSName")!.Value;
    }

    private static string Write<TShape>(TShape value)
        where TShape : class, IShape<TShape>
    {
        using var buffer = new Utf8Buffer(16);
        new XmlShapeWriter(buffer).Structure("R"u8, value);
        return Encoding.UTF8.GetString(buffer.Span);
    }
}
