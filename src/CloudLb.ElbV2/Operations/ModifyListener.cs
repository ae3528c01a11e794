using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes a listener; what is not given stays.</summary>
internal sealed class ModifyListener(
    IResourceStore store, Quotas quotas, Sharing sharing, IDatagramCarrier datagrams, ClientSecrets secrets)
    : IOperation<ModifyListenerRequest, ModifyListenerResponse>
{
    public async Task<ModifyListenerResponse> ExecuteAsync(
        ModifyListenerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.ListenerArn, ArnKind.Listener);
        var existing = store.Current.Listeners.Get(arn);
        var named = ListenerMapping.ToProtocol(request.Protocol, existing.LoadBalancerType);
        await datagrams.CheckAsync(named ?? existing.Protocol, cancellationToken);
        var actions = request.DefaultActions is { } given
            ? given.ToDomain(caller, existing.LoadBalancerType, quotas, secrets.Sealing(arn.LoadBalancer))
            : (Core.EquatableArray<ListenerAction>?)null;
        var (updated, after) = await store.ChangeAsync(
            snapshot =>
            {
                var listener = snapshot.Listeners.Get(arn);
                var protocol = named ?? listener.Protocol;
                var tls = request.TlsOf(protocol, caller);
                var next = listener with
                {
                    Port = request.Port ?? listener.Port,
                    Protocol = protocol,
                    Tls = tls?.ApplyTo(listener.Tls, protocol, snapshot.Certificates, arn),
                    DefaultActions = actions is { } asked
                        ? secrets.Settle(arn.LoadBalancer, asked, listener.DefaultActions)
                        : listener.DefaultActions,
                };
                listener.EnsureMovable(snapshot, next.Port);
                var loadBalancer = snapshot.V2LoadBalancers.Get(arn.LoadBalancer);
                foreach (var each in next.Rules.Select(rule => rule.Actions).Append(next.DefaultActions))
                {
                    ActionChecks.Check(snapshot, loadBalancer, next, each, quotas);
                }

                // What stands there from a time when it was taken is nobody's reason to refuse something else.
                if (actions is not null)
                {
                    GroupStickiness.Check(snapshot, next.DefaultActions);
                }

                tls?.MutualAuthentication?.Check(snapshot, arn, quotas.VerifyingListeners);
                if (next.Port != listener.Port || next.SharedKind != listener.SharedKind)
                {
                    next.EnsureShareable(sharing, snapshot);
                }

                var changed = snapshot.With(ListenerCollection.Kind, next);
                return (changed, (next, changed));
            },
            cancellationToken);

        return new() { Listeners = [updated.ToWire(after)] };
    }
}
