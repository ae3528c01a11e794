using System.Net;
using CloudLb.AccessLogs.Writing;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(0, 6, "0.000000")]
    [InlineData(12_345_670, 6, "1.234567")]
    [InlineData(12_345_670, 3, "1.235")]
    [InlineData(4_999, 3, "0.000")]
    [InlineData(9_995_000, 3, "1.000")]
    [InlineData(36_000_000_000, 3, "3600.000")]
    [InlineData(-10, 6, "-0.000001")]
    [InlineData(-10, 3, "0.000")]
    public void SecondsAreRounded(long ticks, int digits, string expected) =>
        Assert.Equal(expected, new LogText().Append(TimeSpan.FromTicks(ticks), digits).ToString());

    [Fact]
    public void ATimeIsTheSameInAnyZone() => Assert.Equal(
        "2026-11-30T23:59:59.999999Z",
        new LogText().Append(new DateTimeOffset(2026, 12, 1, 1, 59, 59, TimeSpan.FromHours(2)).AddTicks(9_999_999)).ToString());

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:65535")]
    [InlineData("fd00::1", "[fd00::1]:65535")]
    public void AnAddressHasItsPort(string address, string expected) =>
        Assert.Equal(expected, new LogText().Append(new IPEndPoint(IPAddress.Parse(address), 65535)).ToString());

    [Theory]
    [InlineData("a b", false, "a b")]
    [InlineData("a b", true, @"a\x20b")]
    [InlineData("\"\\\n\x7f\u00ff~!", true, @"\x22\x5C\x0A\x7F\xFF~!")]
    [InlineData("", true, "")]
    public void NothingEndsAFieldButItsOwnEnd(string text, bool isBlankEscaped, string expected) =>
        Assert.Equal(expected, new LogText().AppendEscaped(text, isBlankEscaped).ToString());

    [Fact]
    public void ALineMayBeOfAnyLength()
    {
        var text = new LogText();
        for (var field = 0; field < 10_000; field++)
        {
            text.Field(field);
        }

        text.EndFields();
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 10_000)) + "\n", text.ToString());
    }
}
