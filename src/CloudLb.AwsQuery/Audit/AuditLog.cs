using System.Threading.Channels;
using CloudLb.AwsQuery.Foreign;
using CloudLb.AwsQuery.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsQuery.Audit;

/// <summary>Takes calls in and hands them to the <see cref="AuditWriter"/>. It never waits: what the writer cannot keep up with is counted as lost.</summary>
internal sealed class AuditLog(TimeProvider clock)
{
    /// <summary>Bytes that may wait: some 30,000 usual calls.</summary>
    private const long MaxWaiting = 64 * 1024 * 1024;

    /// <summary>Bytes of a call without its parameters, roughly.</summary>
    private const long OwnWeight = 1024;

    private readonly Channel<AuditedCall> _waiting = Channel.CreateUnbounded<AuditedCall>(new() { SingleReader = true });
    private long _weight;
    private long _lost;

    public ChannelReader<AuditedCall> Waiting => _waiting.Reader;

    public AuditedCall Begin(HttpContext context, QueryRequest request, ServiceContract? service, string requestId) => new()
    {
        Time = clock.GetUtcNow(),
        RequestId = requestId,
        Service = service?.SigningName ?? ForeignCall.SignedService(context.Request),
        Action = request.Action,
        Version = request.Version,
        UserAgent = context.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        SourceAddress = context.Connection.RemoteIpAddress,
        Parameters = request.Parameters,
    };

    public AuditedCall Begin(HttpContext context, ForeignCall call, string requestId) => new()
    {
        Time = clock.GetUtcNow(),
        RequestId = requestId,
        Service = call.Service,
        Action = call.Action,
        Version = null,
        UserAgent = context.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        SourceAddress = context.Connection.RemoteIpAddress,
        Parameters = [],
    };

    public void Add(AuditedCall call)
    {
        call.Weight = OwnWeight;
        foreach (var (name, value) in call.Parameters)
        {
            call.Weight += (name.Length + value.Length) * sizeof(char);
        }

        if (Interlocked.Add(ref _weight, call.Weight) > MaxWaiting || !_waiting.Writer.TryWrite(call))
        {
            Interlocked.Add(ref _weight, -call.Weight);
            Lose(1);
        }
    }

    /// <summary>The call is written, or lost: its memory is free for others.</summary>
    public void Release(AuditedCall call) => Interlocked.Add(ref _weight, -call.Weight);

    public void Lose(int calls) => Interlocked.Add(ref _lost, calls);

    /// <summary>How many were lost since the last time of asking.</summary>
    public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

    /// <summary>No more will come; what waits can still be read.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
