namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    /// <summary>
    /// What a repeated CreateLoadBalancer answers: the load balancer itself when every parameter is what it is now, DuplicateLoadBalancerName otherwise.
    /// </summary>
    public LoadBalancer MatchRepeatedCreation(LoadBalancer requested)
    {
        if (Listeners != requested.Listeners || AvailabilityZones != requested.AvailabilityZones || Scheme != requested.Scheme)
        {
            throw Duplicate("parameters");
        }

        return Tags == requested.Tags ? this : throw Duplicate("tags");
    }

    private ServiceException Duplicate(string different) => new(
        ErrorCode.DuplicateLoadBalancerName,
        $"Load Balancer named {Key.Name} already exists and it is configured with different {different}.");
}
