using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Tests.Unit.Migration;

/// <summary>Of what a document tells that does not say so.</summary>
public sealed class DocumentSubjectTests
{
    private static readonly (string, string)[] Candidates = [("web", "arn:web"), ("old-web", "arn:old-web"), ("api", "arn:api")];

    [Theory]
    [InlineData("web.json", "arn:web")]
    [InlineData("attributes/web", "arn:web")]
    [InlineData("web/attributes.json", "arn:web")]
    [InlineData("old-web.attributes.json", "arn:old-web")]
    [InlineData("describe-load-balancer-attributes-old-web.json", "arn:old-web")]
    [InlineData("attributes_api.json", "arn:api")]
    [InlineData("attributes.json", null)]
    [InlineData("webby.json", null)]
    public void A_file_s_name_says_it(string file, string? subject) =>
        Assert.Equal(subject, DocumentSubject.Find([], file, Candidates));

    [Fact]
    public void What_stands_beside_the_answer_says_it_and_nothing_else_then()
    {
        Assert.Equal("arn:api", DocumentSubject.Find(new JsonObject { ["ResourceArn"] = "arn:api" }, "web.json", Candidates));
        Assert.Null(DocumentSubject.Find(new JsonObject { ["ResourceArn"] = "arn:gone" }, "web.json", Candidates));
    }

    [Fact]
    public void Where_there_is_one_it_is_meant() => Assert.Equal("b", DocumentSubject.Find([], "x.json", [("a", "b")]));
}
