using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>A port of a load balancer, and what becomes of what comes in.</summary>
public sealed partial record Listener
{
    public required Arn Arn { get; init; }

    /// <summary>
    /// The load balancer's first when the listener was made. It stands there for an older CloudLb that finds the document.
    /// </summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public required Protocol Protocol { get; init; }

    /// <summary>Null of a listener that is not secure.</summary>
    public ListenerTls? Tls { get; init; }

    /// <summary>In the order given; what is left of a request after the others have it is decided by the last.</summary>
    public required EquatableArray<ListenerAction> DefaultActions { get; init; }

    /// <summary>The default rule, which is a rule like others but for its place.</summary>
    public required Arn DefaultRule { get; init; }

    /// <summary>The default rule's, in the order of their keys.</summary>
    public EquatableArray<Tag> DefaultRuleTags { get; init; }

    /// <summary>Those that were set, in the order of their keys.</summary>
    public EquatableArray<ResourceAttribute> Attributes { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    [JsonIgnore]
    public LoadBalancerType LoadBalancerType => Protocol.IsHttp ? LoadBalancerType.Application : LoadBalancerType.Network;

    /// <summary>By what it is told from others at a shared address.</summary>
    [JsonIgnore]
    public SharedKind SharedKind => Protocol switch
    {
        Protocol.HTTP => SharedKind.Http,
        Protocol.HTTPS => SharedKind.Https,
        _ => SharedKind.Alone,
    };

    /// <summary>Those that its actions name, each once.</summary>
    [JsonIgnore]
    public IEnumerable<Arn> TargetGroups =>
        Rules.SelectMany(rule => rule.Actions.TargetGroups()).Concat(DefaultActions.TargetGroups()).Distinct();

    /// <summary>The attribute's value, whether it was set or not.</summary>
    public string Attribute(string key) => ListenerAttributes.Of(Protocol).Value(Attributes, key);

    /// <summary>Refuses it where a shared address has no room for it.</summary>
    public Listener EnsureShareable(Sharing sharing, Snapshot snapshot) =>
        sharing.WhyNot(SharedKind, Port, snapshot, user => user.Kind == ListenerCollection.Kind && user.Key.Equals(Arn)) is { } clash
            ? throw Errors.InvalidConfigurationRequest.Because(clash)
            : this;

    /// <summary>All attributes with what is given, and the rest as it is.</summary>
    public Listener WithAttributes(IReadOnlyCollection<ResourceAttribute> given) =>
        this with { Attributes = ListenerAttributes.Of(Protocol).Changed(Attributes, given) };

    /// <summary>
    /// What a repeated creation answers: the listener itself when everything that was asked for is as it is, an error otherwise.
    /// </summary>
    public Listener MatchRepeatedCreation(Listener requested) =>
        Protocol == requested.Protocol && DefaultActions == requested.DefaultActions && Tags == requested.Tags
        && Tls == (requested.Tls is { } tls ? tls with { NamedCertificateIds = Tls?.NamedCertificateIds ?? [] } : null)
            ? this
            : throw PortTaken();

    /// <summary>
    /// Refuses another port where another listener has that (DuplicateListener), or while a network load balancer sends to this one's
    /// (ResourceInUse).
    /// </summary>
    public void EnsureMovable(Snapshot snapshot, int port)
    {
        if (port == Port)
        {
            return;
        }

        if (snapshot.Listeners.Of(Arn.LoadBalancer).Find(ListenerCollection.OrderOf(port)) is not null)
        {
            throw PortTaken();
        }

        snapshot.EnsureNotInUse(Arn.LoadBalancer, [Port]);
    }

    private ServiceException PortTaken() =>
        Errors.DuplicateListener.Because($"A listener already exists on this port for this load balancer '{Arn.LoadBalancer}'");
}
