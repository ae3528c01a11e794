using System.Net;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class HealthCheckLogLineTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456);
    private static readonly IPEndPoint Target = new(IPAddress.Parse("10.0.0.1"), 8080);

    [Fact]
    public void A_check_that_passes_reads_as_in_the_user_guide() => Assert.Equal(
        "http 2026-03-01T10:00:00.123456Z 0.012 10.0.0.1:8080 web PASS 200 -\n",
        Line("http", new(CheckOutcome.Passed, "L7OK", 200, "OK", TimeSpan.FromMilliseconds(12))));

    [Fact]
    public void One_that_was_not_measured_and_not_answered_has_neither_latency_nor_status() => Assert.Equal(
        "https 2026-03-01T10:00:00.123456Z - 10.0.0.1:8080 web FAIL - ConnectionReset\n",
        Line("https", new(CheckOutcome.NotConnected, "L4CON", null, "refused", null)));

    [Theory]
    [InlineData("http", CheckOutcome.ConnectTimeout, null, "ConnectionTimedOut")]
    [InlineData("https", CheckOutcome.HandshakeTimeout, null, "ConnectionTimedOut")]
    [InlineData("http", CheckOutcome.AnswerTimeout, null, "RequestTimedOut")]
    [InlineData("http", CheckOutcome.ConnectionBroken, null, "ConnectionReset")]
    [InlineData("http", CheckOutcome.WrongStatus, 404, "ResponseCodeMismatch")]
    [InlineData("h2", CheckOutcome.WrongStatus, 503, "TargetError")]
    [InlineData("grpc", CheckOutcome.WrongStatus, 200, "GRPCUnexpectedStatus")]
    [InlineData("http", CheckOutcome.NotHttp, null, "TargetError")]
    [InlineData("https", CheckOutcome.HandshakeFailed, null, "TargetError")]
    [InlineData("http", CheckOutcome.Other, null, "InternalError")]
    public void The_reason_of_a_failure_is_AWS_s_word(string type, CheckOutcome outcome, int? code, string reason) =>
        Assert.EndsWith($" FAIL {code?.ToString() ?? "-"} {reason}\n", Line(type, new(outcome, "-", code, "a b\nc", null)));

    private static string Line(string type, CheckAnswer answer) => HealthCheckLogLine.Of(
        At, new LoggedPool("tg", "web", type, TimeSpan.FromSeconds(5), new Dictionary<MemberId, IPEndPoint>()), Target, answer);
}
