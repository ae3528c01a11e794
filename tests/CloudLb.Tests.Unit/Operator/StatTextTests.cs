using CloudLb.HAProxy.Runtime;

namespace CloudLb.Tests.Unit.Operator;

public sealed class StatTextTests
{
    [Fact]
    public void Columns_are_found_by_their_names_whatever_an_instance_put_between_them()
    {
        var row = Assert.Single(StatText.Read("# pxname,svname,scur,last_chk,-,after,\na:b:c:80,i-1,7,\"A, \"\"quoted\"\" x\",-,9,\n"));

        Assert.Equal(("i-1", 7L, "A, \"quoted\" x", 9L), (row["svname"], row.Number("scur"), row["last_chk"], row.Number("after")));
        Assert.Equal(("", null), (row["not there"], row.Number("last_chk")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No such proxy.")]
    [InlineData("# pxname,svname\n\n")]
    public void An_answer_without_rows_has_none(string text) => Assert.Empty(StatText.Read(text));
}
