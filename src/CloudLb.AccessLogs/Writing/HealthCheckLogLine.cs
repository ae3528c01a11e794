using System.Net;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Status;
using static CloudLb.AccessLogs.Writing.ApplicationLogLine;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of an application load balancer's health check log, as the user guide describes it (text of 2026).</summary>
internal static class HealthCheckLogLine
{
    private const int FirstServerError = 500;

    public static string Of(DateTimeOffset at, LoggedPool pool, IPEndPoint target, CheckAnswer answer)
    {
        var line = new LogText().Field(pool.Type).Append(at).Append(' ').Seconds(answer.Duration, SecondsDigits)
            .Field(target).Field(pool.Name).Field(answer.HasPassed ? "PASS" : "FAIL").Field(answer.Code);
        return line.Append(ReasonOf(pool, answer)).Append('\n').ToString();
    }

    private static string ReasonOf(LoggedPool pool, CheckAnswer answer) => answer.Outcome switch
    {
        CheckOutcome.Passed => "-",
        CheckOutcome.ConnectTimeout or CheckOutcome.HandshakeTimeout => "ConnectionTimedOut",
        CheckOutcome.AnswerTimeout => "RequestTimedOut",
        CheckOutcome.NotConnected or CheckOutcome.ConnectionBroken => "ConnectionReset",
        CheckOutcome.WrongStatus when answer.Code >= FirstServerError => "TargetError",
        CheckOutcome.WrongStatus => pool.Type == "grpc" ? "GRPCUnexpectedStatus" : "ResponseCodeMismatch",
        CheckOutcome.HandshakeFailed or CheckOutcome.NotHttp => "TargetError",
        _ => "InternalError",
    };
}
