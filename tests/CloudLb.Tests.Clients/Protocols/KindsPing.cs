using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Tests.Clients.Protocols.Contracts;

namespace CloudLb.Tests.Clients.Protocols;

/// <summary>Takes nothing and answers nothing.</summary>
internal sealed class KindsPing : IOperation<PingRequest, PingResponse>
{
    public Task<PingResponse> ExecuteAsync(PingRequest request, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(new PingResponse());
}
