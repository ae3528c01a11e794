using CloudLb.Core.Traffic.Status;

namespace CloudLb.HAProxy.Status;

/// <summary>HAProxy's words for how a check ended (management guide, 9.1, check_status) and what they mean.</summary>
internal static class CheckWords
{
    /// <param name="word">HAProxy's. Later versions may know more.</param>
    /// <param name="code">The status of an HTTP answer.</param>
    /// <param name="text">What the system or the instance said.</param>
    /// <param name="duration">How long it took.</param>
    public static CheckAnswer Answer(string word, int? code = null, string text = "", TimeSpan? duration = null) =>
        new(OutcomeOf(word), word, code, text, duration);

    private static CheckOutcome OutcomeOf(string word) => word switch
    {
        "L4OK" or "L6OK" or "L7OK" or "L7OKC" => CheckOutcome.Passed,
        "L4CON" => CheckOutcome.NotConnected,
        "L4TOUT" => CheckOutcome.ConnectTimeout,
        "L6TOUT" => CheckOutcome.HandshakeTimeout,
        "L6RSP" => CheckOutcome.HandshakeFailed,
        "L7TOUT" => CheckOutcome.AnswerTimeout,
        "L7RSP" => CheckOutcome.NotHttp,
        "L7STS" => CheckOutcome.WrongStatus,
        "SOCKERR" => CheckOutcome.ConnectionBroken,
        _ => CheckOutcome.Other,
    };
}
