namespace CloudLb.Core.Traffic.Reach;

/// <summary>Tells of one API's load balancers that have several addresses. Answers from memory; asked every second.</summary>
public interface IReachedLoadBalancers
{
    IEnumerable<ReachedLoadBalancer> WithSeveralAddresses();
}
