namespace CloudLb.AwsApi.Dispatch;

/// <summary>
/// An operation of a service that is left to another endpoint, which yet answers some calls itself: those about what only we have.
/// </summary>
public interface IKeepsCalls<in TRequest>
{
    bool Keeps(TRequest request, Caller caller);
}
