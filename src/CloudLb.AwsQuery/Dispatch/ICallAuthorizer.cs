namespace CloudLb.AwsQuery.Dispatch;

/// <summary>Decides whether a caller, whose signature was good, may have an operation carried out. Asked for each request, so an answer comes from memory.</summary>
public interface ICallAuthorizer
{
    /// <returns>Null to let it through.</returns>
    WireError? Refuse(Caller caller, ServiceContract service, string action, CallParameters parameters);
}
