namespace CloudLb.Tests.Clients.Sequences;

/// <summary>An error that the API answered, as a client's code sees it.</summary>
internal sealed class AwsError(string action, int status, string code, string message) : Exception($"{action}: {status} {code}: {message}")
{
    public string Code { get; } = code;

    public string Words { get; } = message;
}
