using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Deletes a listener with its rules; one that is not there is ListenerNotFound.</summary>
internal sealed class DeleteListener(IResourceStore store) : IOperation<DeleteListenerRequest, DeleteListenerResponse>
{
    public async Task<DeleteListenerResponse> ExecuteAsync(
        DeleteListenerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.ListenerArn, ArnKind.Listener);
        await store.ChangeAsync(
            snapshot =>
            {
                var listener = snapshot.Listeners.Get(arn);
                snapshot.EnsureNotInUse(arn.LoadBalancer, [listener.Port]);
                return snapshot.Without(ListenerCollection.Kind, listener.Arn);
            },
            cancellationToken);

        return new();
    }
}
