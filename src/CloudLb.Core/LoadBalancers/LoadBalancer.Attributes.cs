using CloudLb.Core.LoadBalancers.Attributes;

namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    /// <summary>The user guide's range for the draining timeout, in seconds.</summary>
    private const int MaximumDrainingTimeout = 3600;

    /// <summary>The user guide's range for the idle timeout, in seconds.</summary>
    private const int MaximumIdleTimeout = 4000;

    public LoadBalancer WithAttributes(LoadBalancerAttributes attributes)
    {
        CheckSeconds(attributes.ConnectionDraining.Timeout, MaximumDrainingTimeout, "ConnectionDraining Timeout");
        CheckSeconds(attributes.IdleTimeout, MaximumIdleTimeout, "ConnectionSettings IdleTimeout");
        return this with { Attributes = attributes };
    }

    private static void CheckSeconds(TimeSpan value, int maximum, string name)
    {
        if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromSeconds(maximum))
        {
            throw new ServiceException(ErrorCode.ValidationError, $"{name} must be between 1 and {maximum} seconds");
        }
    }
}
