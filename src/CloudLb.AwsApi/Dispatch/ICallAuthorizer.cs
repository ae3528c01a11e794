namespace CloudLb.AwsApi.Dispatch;

/// <summary>
/// Decides whether a caller, whose signature was good, may have an operation carried out. Asked for each request, so an answer comes from
/// memory.
/// </summary>
public interface ICallAuthorizer
{
    /// <returns>Null to let it through.</returns>
    WireError? Refuse(Caller caller, ServiceContract service, string action, CallParameters parameters);

    /// <summary>As above for a call that another endpoint would carry out, where nobody here can tell what it does.</summary>
    /// <param name="service">As it is signed for.</param>
    /// <returns>Null to let it through.</returns>
    WireError? RefuseForeign(Caller caller, string service, string action);
}
