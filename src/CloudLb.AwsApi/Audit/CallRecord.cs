using System.Net;
using CloudLb.AwsApi.Foreign;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// What is kept of one call for what is written down of it: only what is there already; the line is made of it elsewhere.
/// </summary>
internal sealed class CallRecord
{
    /// <summary>Bytes of a call without its parameters, roughly.</summary>
    private const long OwnWeight = 1024;

    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    public required string? UserAgent { get; init; }

    public required IPAddress? SourceAddress { get; init; }

    /// <summary>As its clients sign for it; null where the request names none. Hostile for a service that is not answered here.</summary>
    public string? Service { get; set; }

    /// <summary>As the client sent them, hostile: null where missing, or in a body that was not read.</summary>
    public string? Action { get; private set; }

    public string? Version { get; private set; }

    /// <summary>With the signature's own among them; none for a call whose signature was refused, as nobody has vouched for
    /// them, and of one that was passed on, as nobody here can tell what in them is secret.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; private set; } = [];

    /// <summary>Null when the signature was refused.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>The key that signed, or that a refused signature claimed: then hostile. Null where none was claimed.</summary>
    public string? AccessKeyId { get; private set; }

    /// <summary>
    /// Whether the caller was turned away: by his signature, by what his key may do, or for asking too often. An operation's own error is
    /// none.
    /// </summary>
    public bool IsRefused { get; set; }

    /// <summary>Null when the operation was carried out.</summary>
    public WireError? Error { get; set; }

    /// <summary>The status with which another endpoint answered the call; null where it was not passed on, or not answered.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>The id that the answer had from there instead of ours, hostile.</summary>
    public string? UpstreamRequestId { get; set; }

    /// <summary>
    /// How many refused calls like it this one stands for, beside one that was written before it. Zero for a call that stands for itself.
    /// </summary>
    public int Repeats { get; init; }

    /// <summary>Bytes that it holds in memory while it waits to be written, roughly.</summary>
    public long Weight { get; private set; } = OwnWeight;

    public void Describe(ApiRequest request, string? service) => (Action, Version, Service) = (request.Action, request.Version, service);

    public void Describe(ForeignCall call) => (Action, Service) = (call.Action, call.Service);

    public void Accept(Caller caller) => (Caller, AccessKeyId) = (caller, caller.AccessKeyId);

    public void Keep(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Parameters = parameters;
        Weight = OwnWeight;
        foreach (var (name, value) in parameters)
        {
            Weight += (name.Length + value.Length) * sizeof(char);
        }
    }

    /// <param name="claimedKeyId">The key that the signature claims, hostile; empty where it claims none.</param>
    public void Refuse(string claimedKeyId) => (AccessKeyId, IsRefused) = (claimedKeyId.Length > 0 ? claimedKeyId : null, true);

    /// <summary>The last of several refused calls like it, in their place.</summary>
    public CallRecord Repeated(int times) => new()
    {
        Time = Time, RequestId = RequestId, UserAgent = UserAgent, SourceAddress = SourceAddress, Service = Service, Action = Action,
        Version = Version,
        Caller = Caller, AccessKeyId = AccessKeyId, IsRefused = true, Error = Error, Repeats = times,
    };
}
