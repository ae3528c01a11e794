using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes a listener; what is not given stays.</summary>
internal sealed class ModifyListener(IResourceStore store, Quotas quotas, Sharing sharing)
    : IOperation<ModifyListenerRequest, ModifyListenerResponse>
{
    public async Task<ModifyListenerResponse> ExecuteAsync(
        ModifyListenerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.ListenerArn, ArnKind.Listener);
        var existing = store.Current.Listeners.Get(arn);
        var protocol = ListenerMapping.ToProtocol(request.Protocol, existing.LoadBalancerType) ?? existing.Protocol;
        ListenerMapping.CheckPlain(
            protocol.ToString(), request.SslPolicy, request.Certificates, request.AlpnPolicy, request.MutualAuthentication,
            existing.LoadBalancerType);
        var actions = request.DefaultActions is { } given
            ? CarriedActions.Check(given.ToDomain(caller, existing.LoadBalancerType, quotas))
            : (Core.EquatableArray<ListenerAction>?)null;
        var updated = await store.UpdateAsync(
            ListenerCollection.Kind, arn,
            (listener, snapshot) =>
            {
                var next = listener with
                {
                    Port = request.Port ?? listener.Port,
                    Protocol = protocol,
                    DefaultActions = actions ?? listener.DefaultActions,
                };
                if (next.Port != listener.Port
                    && snapshot.Listeners.Of(arn.LoadBalancer).Find(ListenerCollection.OrderOf(next.Port)) is not null)
                {
                    throw Errors.DuplicateListener.Because(
                        $"A listener already exists on this port for this load balancer '{arn.LoadBalancer}'");
                }

                ActionChecks.Check(
                    snapshot, snapshot.V2LoadBalancers.Get(arn.LoadBalancer), next.Protocol, next.DefaultActions, quotas);
                return next.Port == listener.Port && next.SharedKind == listener.SharedKind
                    ? next
                    : next.EnsureShareable(sharing, snapshot);
            },
            cancellationToken);

        return new() { Listeners = [updated.ToWire()] };
    }
}
