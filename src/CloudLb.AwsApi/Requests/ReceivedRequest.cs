namespace CloudLb.AwsApi.Requests;

/// <summary>What became of taking a request in: the request, or why not.</summary>
internal sealed record ReceivedRequest
{
    public ApiRequest? Request { get; init; }

    public HttpRefusal Refusal { get; init; }

    /// <summary>With <see cref="HttpRefusal.Unreadable"/>.</summary>
    public WireError? Error { get; init; }
}
