using System.Text.Json.Serialization;

namespace CloudLb.Cli.Control;

/// <summary>What decides whether an instance takes new requests, for programs: the words stay, while sentences may change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InstanceCause>))]
public enum InstanceCause
{
    /// <summary>It takes new requests.</summary>
    InService,

    NotRegistered,

    /// <summary>It was deregistered and finishes what it has.</summary>
    Draining,

    /// <summary>The inventory says that it has ended for good.</summary>
    Terminated,

    /// <summary>The inventory says that it is off for now.</summary>
    Stopped,

    /// <summary>Where it is may not be a target: a load balancer's own address, or a network that is forbidden.</summary>
    NotAllowed,

    /// <summary>It is in a zone that the load balancer does not serve.</summary>
    ZoneNotEnabled,

    NoListener,

    /// <summary>The load balancer, or none of its listeners, is served.</summary>
    NotServed,

    /// <summary>It has not shown a certificate with an accepted key.</summary>
    NotAuthentic,

    /// <summary>HAProxy does not have it yet.</summary>
    [JsonStringEnumMemberName("NotAtHAProxy")]
    NotTakenUp,

    /// <summary>The HAProxy process did not answer.</summary>
    [JsonStringEnumMemberName("HAProxySilent")]
    Silent,

    /// <summary>Somebody has put it into maintenance in HAProxy.</summary>
    Maintenance,

    /// <summary>No check of it has ended yet.</summary>
    NotChecked,

    /// <summary>Its checks do not pass, or not often enough yet.</summary>
    ChecksFailing,
}
