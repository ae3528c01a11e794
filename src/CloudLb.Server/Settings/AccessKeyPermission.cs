namespace CloudLb.Server.Settings;

/// <summary>What may be done with an access key, as settings spell it.</summary>
public enum AccessKeyPermission
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>Whatever looks and does not change.</summary>
    ReadOnly,

    /// <summary>Registering and deregistering itself with the load balancers that are named beside it.</summary>
    RegisterSelf,
}
