using System.Globalization;
using CloudLb.Core.Traffic.Status;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Status;

/// <summary>Checks and their answers in words.</summary>
internal static class CheckWords
{
    /// <summary>What a check does, how often and how patiently.</summary>
    public static string Settings(HealthCheck check) => string.Create(
        CultureInfo.InvariantCulture,
        $"{check.Target} every {check.Interval.TotalSeconds:0} s, with {check.Timeout.TotalSeconds:0} s to answer; out after " +
            $"{check.UnhealthyThreshold} failures in a row, back after {check.HealthyThreshold} passes in a row");

    /// <summary>What a check asks for, where and what passes.</summary>
    public static string Passes(HealthCheckTarget target, string address) => target.Protocol switch
    {
        ListenerProtocol.HTTP or ListenerProtocol.HTTPS =>
            $"A check passes when {Url(target, address)} answers 200; redirects are not followed.",
        ListenerProtocol.SSL => $"A check passes when a TLS handshake with {address} on port {target.Port} succeeds.",
        _ => $"A check passes when {address} accepts a connection on port {target.Port}.",
    };

    /// <summary>How a check ended, as the rest of a sentence that begins with it.</summary>
    public static string Result(CheckAnswer answer, HealthCheck check, string address) => answer.Outcome switch
    {
        CheckOutcome.Passed => answer.Code is { } code ? $"passed: HTTP {code}" : "passed",
        CheckOutcome.NotConnected when IsRefusal(answer) => $"failed: {address} refuses connections on port {check.Target.Port}",
        CheckOutcome.NotConnected => $"failed: no connection to {address} on port {check.Target.Port}",
        CheckOutcome.ConnectTimeout => $"failed: {address} did not take a connection on port {check.Target.Port} within " +
            $"{Seconds(check.Timeout)}",
        CheckOutcome.HandshakeTimeout => $"failed: {address} took the connection on port {check.Target.Port} and did not complete the " +
            $"TLS handshake within {Seconds(check.Timeout)}",
        CheckOutcome.HandshakeFailed => $"failed: the TLS handshake with {address} on port {check.Target.Port} did not succeed",
        CheckOutcome.AnswerTimeout => $"failed: {address} took the connection on port {check.Target.Port} and did not answer " +
            $"{Url(check.Target, address)} within {Seconds(check.Timeout)}",
        CheckOutcome.NotHttp => $"failed: what {address} answers on port {check.Target.Port} is not HTTP, or was broken off",
        CheckOutcome.WrongStatus => $"failed: {Url(check.Target, address)} answered HTTP {answer.Code}, and 200 is wanted",
        CheckOutcome.ConnectionBroken => $"failed: the connection to {address} on port {check.Target.Port} broke before there was an " +
            "answer",
        _ => $"ended with {answer.Word}",
    };

    /// <summary>What to look at after a check that failed; null where nothing is known.</summary>
    public static string? Advice(CheckAnswer answer, HealthCheck check, string address) => answer.Outcome switch
    {
        CheckOutcome.NotConnected when IsRefusal(answer) =>
            $"Is the program listening on port {check.Target.Port} at {address}, and not at another address such as 127.0.0.1 alone? See " +
                $"there: ss -ltn 'sport = :{check.Target.Port}'.",
        CheckOutcome.NotConnected => $"Is {address} right, and is there a route to it from this machine? Try: ping {address}.",
        CheckOutcome.ConnectTimeout => $"Is {address} right and running, and does no firewall or security group drop what goes to port " +
            $"{check.Target.Port}?",
        CheckOutcome.HandshakeTimeout or CheckOutcome.HandshakeFailed =>
            check.Target.Protocol is ListenerProtocol.HTTPS or ListenerProtocol.SSL
            ? $"Does the program speak TLS on port {check.Target.Port}? If it speaks plain HTTP there, the health check's target must " +
                $"begin with HTTP: or TCP:. Try: openssl s_client -connect {Host(address)}:{check.Target.Port}"
            : null,
        CheckOutcome.AnswerTimeout => "The program accepts connections and is slow or hangs: see its log, or give it longer than " +
            $"{Seconds(check.Timeout)} with configure-health-check. Try: curl -m {check.Timeout.TotalSeconds:0} " +
                $"{CurlOf(check.Target, address)}",
        CheckOutcome.NotHttp => "Is it an HTTP server that listens there, and not one that speaks TLS or another protocol? Try: curl -v " +
            $"{CurlOf(check.Target, address)}",
        CheckOutcome.WrongStatus => StatusAdvice(answer.Code, check.Target, address),
        CheckOutcome.ConnectionBroken => "The program, or something before it, closes the connection: does it expect TLS or another " +
            $"protocol on port {check.Target.Port}? Try: curl -v {CurlOf(check.Target, address)}",
        _ => null,
    };

    private static string StatusAdvice(int? code, HealthCheckTarget target, string address) => code switch
    {
        404 or 410 => $"Is {target.Path} the right path? Let the program answer it with 200, or set the target to a path that it has. " +
            $"Try: curl -i {CurlOf(target, address)}",
        >= 300 and < 400 => $"Set the target to the path that the redirect leads to, or let {target.Path} answer 200 by itself. Try: " +
            $"curl -i {CurlOf(target, address)}",
        401 or 403 => $"{target.Path} asks for a login or refuses this machine: let the program answer checks (User-Agent: " +
            $"ELB-HealthChecker/1.0) without one. Try: curl -i {CurlOf(target, address)}",
        400 or 421 => "The program may refuse the Host header, which is the instance's address as at AWS. Try: curl -i " +
            $"{CurlOf(target, address)}",
        >= 500 => $"The program itself says that it is not well: see its log. Try: curl -i {CurlOf(target, address)}",
        _ => $"Let the program answer {target.Path} with 200. Try: curl -i {CurlOf(target, address)}",
    };

    private static bool IsRefusal(CheckAnswer answer) => answer.Text.Contains("refused", StringComparison.OrdinalIgnoreCase);

    private static string Url(HealthCheckTarget target, string address) =>
        $"GET {(target.Protocol == ListenerProtocol.HTTPS ? "https" : "http")}://{Host(address)}:{target.Port}{target.Path}";

    private static string CurlOf(HealthCheckTarget target, string address) =>
        target.Protocol == ListenerProtocol.HTTPS
            ? $"-k {Quoted($"https://{Host(address)}:{target.Port}{target.Path}")}"
            : Quoted($"http://{Host(address)}:{target.Port}{target.Path}");

    // A path may hold what a shell understands.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Host(string address) => address.Contains(':') ? $"[{address}]" : address;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
