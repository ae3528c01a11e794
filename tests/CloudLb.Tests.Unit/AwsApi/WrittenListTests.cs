using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;

namespace CloudLb.Tests.Unit.AwsApi;

public sealed class WrittenListTests
{
    private static readonly Tag[] Tags = [new() { Key = "a", Value = "<1>" }, new() { Key = "b" }];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Members_written_before_are_answered_as_members_written_now(int count)
    {
        var now = Tags[..count];
        var before = new WrittenList<Tag>([.. now.Select(tag => new Written<Tag>(tag))]);

        Assert.Equal(Xml(now), Xml(before));
        Assert.Equal(now, before);
    }

    private static string Xml(IReadOnlyList<Tag> tags)
    {
        using var buffer = new Utf8Buffer(16);
        new XmlShapeWriter(buffer).List("Tags"u8, tags, Element.Structure<Tag>());
        return Encoding.UTF8.GetString(buffer.Span);
    }
}
