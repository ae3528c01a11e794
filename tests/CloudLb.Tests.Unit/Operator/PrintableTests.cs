using CloudLb.Cli.Commands;

namespace CloudLb.Tests.Unit.Operator;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain, \"quoted\" and grüßend 日本", "plain, \"quoted\" and grüßend 日本")]
    [InlineData("\e[31mred\e[0m", "?[31mred?[0m")]
    [InlineData("a\r\nb\tc\0d\u007fe", "a??b?c?d?e")]
    [InlineData("\u009b31m", "?31m")]
    [InlineData("\u202egnp.exe\u2066\u200b\u2028", "?gnp.exe???")]
    [InlineData("[red]no markup[/]", "[red]no markup[/]")]
    public void What_a_terminal_would_obey_is_replaced(string text, string printable) => Assert.Equal(printable, Printable.Of(text));
}
