namespace CloudLb.Core.Traffic.Told;

/// <summary>What decides whether an instance takes new requests.</summary>
public enum ToldCause
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

    /// <summary>Where it is may not be a target.</summary>
    NotAllowed,

    /// <summary>It is in a zone that the load balancer does not serve.</summary>
    ZoneNotEnabled,

    NoListener,

    /// <summary>The load balancer, or none of its listeners, is served.</summary>
    NotServed,

    /// <summary>It has not shown a certificate with an accepted key.</summary>
    NotAuthentic,

    /// <summary>The data plane does not have it yet.</summary>
    NotTakenUp,

    /// <summary>The data plane did not answer.</summary>
    Silent,

    /// <summary>Somebody has put it into maintenance in the data plane.</summary>
    Maintenance,

    /// <summary>No check of it has ended yet.</summary>
    NotChecked,

    /// <summary>Its checks do not pass, or not often enough yet.</summary>
    ChecksFailing,
}
