using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using Listener = CloudLb.ElbV2.Domain.Listener;

namespace CloudLb.ElbV2.Operations;

/// <summary>Makes a listener. Made again with the same settings it is the one there is; with others it is refused.</summary>
internal sealed class CreateListener(
    IResourceStore store, Quotas quotas, Sharing sharing, IDatagramCarrier datagrams, ClientSecrets secrets)
    : IOperation<CreateListenerRequest, CreateListenerResponse>
{
    public async Task<CreateListenerResponse> ExecuteAsync(
        CreateListenerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        var type = store.Current.V2LoadBalancers.Get(arn).Type;
        if (ListenerMapping.ToProtocol(request.Protocol, type) is not { } protocol)
        {
            throw CommonErrors.ValidationError.Because("A listener protocol must be specified");
        }

        if (request.Port is not { } port)
        {
            throw CommonErrors.ValidationError.Because("A listener port must be specified");
        }

        var tls = request.TlsOf(protocol, caller);
        await datagrams.CheckAsync(protocol, cancellationToken);
        var actions = request.DefaultActions.ToDomain(caller, type, quotas, secrets.Sealing(arn));
        var tags = default(EquatableArray<Core.Resources.Tag>).With(request.Tags.ToDomain(), quotas);
        var (created, after) = await store.ChangeAsync(
            snapshot =>
            {
                var loadBalancer = snapshot.V2LoadBalancers.Get(arn);
                var listeners = snapshot.Listeners.Of(arn);
                var existing = listeners.Find(ListenerCollection.OrderOf(port));
                var listenerArn = arn.NewListener();
                var requested = new Listener
                {
                    Arn = listenerArn,
                    Address = loadBalancer.Address,
                    Port = port,
                    Protocol = protocol,
                    Tls = tls?.ApplyTo(null, protocol, snapshot.Certificates, arn),
                    DefaultActions = secrets.Settle(arn, actions, existing?.DefaultActions ?? []),
                    DefaultRule = listenerArn.NewRule(),
                    Tags = tags,
                };
                if (existing is not null)
                {
                    return (snapshot, (existing.MatchRepeatedCreation(requested), snapshot));
                }

                loadBalancer.EnsureFits(protocol);
                if (listeners.Count >= quotas.Listeners)
                {
                    throw Errors.TooManyListeners.Because(
                        $"The maximum number of listeners on load balancer '{arn}' has been reached");
                }

                ActionChecks.Check(snapshot, loadBalancer, requested, requested.DefaultActions, quotas);
                GroupStickiness.Check(snapshot, requested.DefaultActions);
                tls?.MutualAuthentication?.Check(snapshot, arn, quotas.VerifyingListeners);
                var next = snapshot.With(ListenerCollection.Kind, requested.EnsureShareable(sharing, snapshot));
                return (next, (requested, next));
            },
            cancellationToken);

        return new() { Listeners = [created.ToWire(after)] };
    }
}
