namespace CloudLb.Core.AccessLogs;

/// <summary>Says which load balancers of an API have their access log switched on. Safe to call from any thread.</summary>
public interface ILoggedLoadBalancers
{
    /// <summary>The same object as long as nothing has changed.</summary>
    object Version { get; }

    /// <summary>Those whose access log is on, whether their account may write to the bucket or not.</summary>
    IEnumerable<LoggedLoadBalancer> Read();
}
