using System.IO.Pipelines;
using System.Text;
using CloudLb.Operator.Metrics;

namespace CloudLb.Tests.Unit.Server;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7, "7")]
    [InlineData(-7, "-7")]
    [InlineData(0.25, "0.25")]
    [InlineData(999_999_999_999_999, "999999999999999")]
    [InlineData(1e22, "1E+22")]
    [InlineData(-1.7976931348623157E+308, "-1.7976931348623157E+308")]
    [InlineData(double.NaN, "NaN")]
    public async Task A_number_is_written_as_one(double value, string expected) =>
        Assert.Equal($"name {expected}\nname{{zone=\"a\\\"b\"}} {expected}\n", await TextOfAsync(value));

    private static async Task<string> TextOfAsync(double value)
    {
        var pipe = new Pipe();
        var text = new PrometheusText(pipe.Writer);
        text.Sample("name", [], value);
        text.Sample("name", [new("zone", "a\"b")], value);
        await text.FlushAsync(TestContext.Current.CancellationToken);
        var read = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(read.Buffer.FirstSpan);
    }
}
