namespace CloudLb.Core.Traffic.Health;

/// <summary>What the checks of one member say, in no data plane's words.</summary>
public enum ObservedHealth
{
    /// <summary>Taken up, not yet passed a check, and not yet failed as many as take a member out.</summary>
    Registering,

    /// <summary>Takes traffic.</summary>
    Passing,

    /// <summary>Failed as many checks in a row as take a member out.</summary>
    Failed,

    /// <summary>Had failed, passes again, and has not yet passed as many checks in a row as bring it back.</summary>
    Recovering,

    /// <summary>Its certificate carries none of the public keys that are accepted, so nothing is sent to it.</summary>
    NotAuthentic,

    /// <summary>Takes no new requests and still finishes some.</summary>
    Draining,

    /// <summary>The load balancer could not be given to the data plane at all, so nothing checks its instances.</summary>
    Unserved,
}
