using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes the attributes given, all or none, and answers every one.</summary>
internal sealed class ModifyListenerAttributes(IResourceStore store)
    : IOperation<ModifyListenerAttributesRequest, ModifyListenerAttributesResponse>
{
    public async Task<ModifyListenerAttributesResponse> ExecuteAsync(
        ModifyListenerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = request.Attributes.ToDomain();
        var updated = await store.UpdateAsync(
            ListenerCollection.Kind, caller.Arn(request.ListenerArn, ArnKind.Listener), (listener, _) => listener.WithAttributes(given),
            cancellationToken);

        return new() { Attributes = updated.AttributesToWire() };
    }
}
