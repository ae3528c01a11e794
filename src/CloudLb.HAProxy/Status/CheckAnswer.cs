namespace CloudLb.HAProxy.Status;

/// <summary>How a check of an instance ended.</summary>
/// <param name="Status">
/// HAProxy's code (management guide, 9.1, check_status): <c>L4OK</c>, <c>L6OK</c> and <c>L7OK</c> for passes, <c>L4CON</c>, <c>L4TOUT</c>, <c>L6RSP</c>,
/// <c>L6TOUT</c>, <c>L7RSP</c>, <c>L7STS</c>, <c>L7TOUT</c>, <c>SOCKERR</c> for failures. Later versions may know more.
/// </param>
/// <param name="Code">The status of an HTTP answer; null where there was none.</param>
/// <param name="Text">What the system or the instance said, as it came: an instance can put any characters here. Often empty.</param>
/// <param name="Duration">How long it took; null when that was not measured.</param>
public sealed record CheckAnswer(string Status, int? Code, string Text, TimeSpan? Duration)
{
    public bool HasPassed => Status is "L4OK" or "L6OK" or "L7OK" or "L7OKC";
}
