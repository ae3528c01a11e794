using System.Globalization;
using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Targets that share traffic, and how they are checked.</summary>
/// <remarks>The changes of its targets stand in the file beside this one.</remarks>
public sealed partial record TargetGroup
{
    public required Arn Arn { get; init; }

    public required TargetType TargetType { get; init; }

    public required Protocol Protocol { get; init; }

    /// <summary>Of no meaning to TCP and TLS.</summary>
    public ProtocolVersion ProtocolVersion { get; init; }

    /// <summary>Whether its targets have addresses of IPv6; of IPv4 otherwise.</summary>
    public bool IsIPv6 { get; init; }

    /// <summary>Where targets take traffic that are registered without a port.</summary>
    public required int Port { get; init; }

    public required string VpcId { get; init; }

    public required HealthCheck HealthCheck { get; init; }

    /// <summary>In the order of their ids and ports.</summary>
    public EquatableArray<Target> Targets { get; init; }

    /// <summary>Deregistered and not yet done. An entry whose time is past means nothing and goes at the next change.</summary>
    public EquatableArray<DrainingTarget> Draining { get; init; }

    /// <summary>Those that were set, in the order of their keys.</summary>
    public EquatableArray<ResourceAttribute> Attributes { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    [JsonIgnore]
    public string Name => Arn.Name;

    [JsonIgnore]
    public Scope Scope => new(Arn.Account, Arn.Region);

    [JsonIgnore]
    public bool IsHttp => Protocol.IsHttp;

    [JsonIgnore]
    public TimeSpan DeregistrationDelay =>
        TimeSpan.FromSeconds(int.Parse(Attribute(TargetGroupAttributes.DeregistrationDelay), CultureInfo.InvariantCulture));

    /// <summary>While fewer of its targets are healthy, all are given traffic.</summary>
    [JsonIgnore]
    public int RoutingCount => int.Parse(Attribute(TargetGroupAttributes.RoutingCount), CultureInfo.InvariantCulture);

    /// <summary>The same in percent; 0 where it is off.</summary>
    [JsonIgnore]
    public int RoutingPercentage => Percentage(TargetGroupAttributes.RoutingPercentage);

    /// <summary>Whether its targets are to see the clients' addresses themselves; a load balancer is told them otherwise.</summary>
    [JsonIgnore]
    public bool KeepsClientAddress => !IsHttp && !Protocol.HasDatagrams && TargetType != TargetType.Alb
        && Attribute(TargetGroupAttributes.KeepsClientAddress) == "true";

    /// <summary>Whether a client stays with a target by cookie.</summary>
    [JsonIgnore]
    public bool KeepsClients => IsHttp && Attribute(TargetGroupAttributes.Stickiness) == "true";

    /// <summary>Whether its targets are chosen by chance, and looked at for anomalies.</summary>
    [JsonIgnore]
    public bool IsWeightedRandom => IsHttp && Attribute(TargetGroupAttributes.Algorithm) == "weighted_random";

    /// <summary>Whether a target that fails far more requests than the others is given less.</summary>
    [JsonIgnore]
    public bool MitigatesAnomalies => IsWeightedRandom && Attribute(TargetGroupAttributes.AnomalyMitigation) == "on";

    /// <summary>The attribute's value, whether it was set or not.</summary>
    public string Attribute(string key) => TargetGroupAttributes.Of(this).Value(Attributes, key);

    /// <summary>All attributes with what is given, and the rest as it is.</summary>
    /// <param name="given">Attributes that it may have.</param>
    /// <param name="whyNoClientAddresses">What stands in the way of keeping clients' addresses; null: nothing.</param>
    public TargetGroup WithAttributes(IReadOnlyCollection<ResourceAttribute> given, string? whyNoClientAddresses)
    {
        var changed = TargetGroupAttributeRules.Checked(
            this with { Attributes = TargetGroupAttributes.Of(this).Changed(Attributes, given) });
        var whyNot = IsIPv6 ? "clients' addresses are kept over IPv4 alone" : whyNoClientAddresses;
        return whyNot is { } why && changed.KeepsClientAddress
            && given.Any(attribute => attribute.Key == TargetGroupAttributes.KeepsClientAddress)
            ? throw NotCarried.Because(TargetGroupAttributes.KeepsClientAddress, "true", why)
            : changed;
    }

    public TargetGroup WithHealthCheck(HealthCheckChange given) =>
        (this with { HealthCheck = HealthCheckRules.Changed(Protocol, ProtocolVersion, TargetType, HealthCheck, given) }).Checked();

    /// <summary>The group itself; throws where a load balancer is to be checked at another port than that of its traffic.</summary>
    public TargetGroup Checked() => TargetType == TargetType.Alb && HealthCheck.Port is { } port && port != Port
        ? throw NotCarried.Because("HealthCheckPort", HealthCheck.PortText())
        : this;

    /// <summary>
    /// What a repeated creation answers: the group itself when everything that was asked for is as it is, an error otherwise.
    /// </summary>
    public TargetGroup MatchRepeatedCreation(TargetGroup requested) =>
        requested with { Arn = Arn, Targets = Targets, Draining = Draining, Attributes = Attributes } == this
            ? this
            : throw Errors.DuplicateTargetGroupName.Because(
                $"A target group with the same name '{Name}' exists, but with different settings");

    private int Percentage(string key) =>
        Attribute(key) is not "off" and var value ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
}
