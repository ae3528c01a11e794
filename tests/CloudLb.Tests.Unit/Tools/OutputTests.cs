using CloudLb.Tools.Output;

namespace CloudLb.Tests.Unit.Tools;

public sealed class OutputTests
{
    private static readonly Row[] Rows =
    [
        new("LB", new Cell("NAME", "a"), new Cell("ZONE", null), new Cell("DNS", "a.example"),
            new Cell("CHECK", "{x=1,y=2}") { IsLong = true }),
        new("LB", new Cell("NAME", "longer"), new Cell("ZONE", ""), new Cell("DNS", null), new Cell("CHECK", null) { IsLong = true }),
    ];

    [Fact]
    public void A_table_pads_its_columns_and_leaves_out_what_is_empty_everywhere() => Assert.Equal(
        "LB  NAME    DNS\nLB  a       a.example\nLB  longer\n",
        Written(output => new TableForm("  ", showsHeaders: true, showsEmptyFields: false).Write(output, Rows)));

    [Fact]
    public void A_table_shows_empty_fields_where_that_is_asked_for() => Assert.Equal(
        "LB|a     |(nil)|a.example\nLB|longer|(nil)|(nil)\n",
        Written(output => new TableForm("|", showsHeaders: false, showsEmptyFields: true).Write(output, Rows)));

    [Fact]
    public void The_long_form_has_every_column_and_quotes_what_holds_the_delimiter() => Assert.Equal(
        "LB,NAME,ZONE,DNS,CHECK\nLB,a,(nil),a.example,\"{x=1,y=2}\"\nLB,longer,(nil),(nil),(nil)\n",
        Written(output => new LongForm(",", showsHeaders: true).Write(output, Rows)));

    [Fact]
    public void The_long_form_with_another_delimiter_has_no_quotes() => Assert.Equal(
        "LB|a|(nil)|a.example|{x=1,y=2}", Written(output => new LongForm("|", showsHeaders: false).Write(output, Rows)).Split('\n')[0]);

    [Fact]
    public void Tabs_stand_between_all_values_and_nothing_for_nothing()
    {
        Assert.Equal("LB\ta\t\ta.example\t{x=1,y=2}", Written(output =>
            new TabForm(showsEmptyFields: false).Write(output, Rows)).Split('\n')[0]);
        Assert.Equal("LB\tlonger\t(nil)\t(nil)\t(nil)", Written(output =>
            new TabForm(showsEmptyFields: true).Write(output, Rows)).Split('\n')[1]);
    }

    [Fact]
    public void A_long_text_is_wrapped_inside_its_column() => Assert.Equal(
        ["T  n  " + string.Join(' ', Enumerable.Repeat("twelve-chars", 4)), "      twelve-chars"],
        Written(output => new TableForm("  ", showsHeaders: false, showsEmptyFields: false).Write(
            output, [new("T", new Cell("N", "n"), new Cell("D", string.Join(' ', Enumerable.Repeat("twelve-chars", 5))) { Wraps = true })]))
            .TrimEnd('\n').Split('\n'));

    [Theory]
    [InlineData("a\u001b[31mb", "a\\x1b[31mb")]
    [InlineData("a\nLOAD_BALANCER  evil", "a\\nLOAD_BALANCER  evil")]
    [InlineData("a\tb\r", "a\\tb\\r")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("ü–日", "ü–日")]
    public void What_a_terminal_would_obey_is_escaped_in_every_form(string value, string expected)
    {
        Row[] rows = [new("T", new Cell("V", value))];

        Assert.Equal($"T  {expected}\n", Written(output =>
            new TableForm("  ", showsHeaders: false, showsEmptyFields: false).Write(output, rows)));
        Assert.Equal($"T;{expected}\n", Written(output => new LongForm(";", showsHeaders: false).Write(output, rows)));
        Assert.Equal($"T\t{expected}\n", Written(output => new TabForm(showsEmptyFields: false).Write(output, rows)));
    }

    private static string Written(Action<TextWriter> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
