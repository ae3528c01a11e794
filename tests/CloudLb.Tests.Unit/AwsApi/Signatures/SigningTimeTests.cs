using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.SigV4;

namespace CloudLb.Tests.Unit.AwsApi;

public sealed class SigningTimeTests
{
    [Theory]
    [InlineData("20150830T123600Z", 2015, 8, 30, 12, 36, 0)]
    [InlineData("20240229T235959Z", 2024, 2, 29, 23, 59, 59)]
    [InlineData("00010101T000000Z", 1, 1, 1, 0, 0, 0)]
    [InlineData("99991231T235959Z", 9999, 12, 31, 23, 59, 59)]
    public void The_basic_form_is_read_and_written(string text, int year, int month, int day, int hour, int minute, int second)
    {
        var time = SigningTime.Parse(text, isHeader: true);
        var written = new byte[SigningTime.BasicLength];
        SigningTime.Write(time, written);

        Assert.Equal(new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero), time);
        Assert.Equal(text, Encoding.ASCII.GetString(written));
        Assert.Equal(text, SigningTime.Format(time));
        Assert.True(SigningTime.IsDay(time, text.AsSpan(0, 8)));
    }

    [Theory]
    [InlineData("20150229T000000Z")]
    [InlineData("20151301T000000Z")]
    [InlineData("20150800T000000Z")]
    [InlineData("00000101T000000Z")]
    [InlineData("20150830T240000Z")]
    [InlineData("20150830T126000Z")]
    [InlineData("20150830T123660Z")]
    [InlineData("20150830T12360\0Z")]
    [InlineData("2015083\0T123600Z")]
    [InlineData("+2150830T123600Z")]
    [InlineData("20150830T١٢3600Z")]
    [InlineData("20150830t123600Z")]
    [InlineData("20150830T123600z")]
    [InlineData("20150830T123600")]
    [InlineData("20150830T1236000Z")]
    public void What_is_no_time_is_refused(string text)
    {
        Assert.Throws<WireException>(() => SigningTime.Parse(text, isHeader: true));
        Assert.Throws<WireException>(() => SigningTime.Parse(text, isHeader: false));
    }

    [Theory]
    [InlineData("20150829")]
    [InlineData("2015083")]
    [InlineData("020150830")]
    [InlineData("2015083\0")]
    [InlineData("")]
    public void Another_day_is_another_day(string digits) =>
        Assert.False(SigningTime.IsDay(new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), digits));
}
