namespace CloudLb.AwsApi;

/// <summary>A connection that wants to know who uses it: one of its features, if the server sets it.</summary>
public interface ICallerConnection
{
    /// <summary>The signature of the call that is under way holds. Called on the thread that answers it.</summary>
    void CallIsVerified();
}
