namespace CloudLb.Core.Addresses;

/// <summary>The load balancers of one API, as far as their addresses go.</summary>
public interface IAddressedLoadBalancers
{
    /// <summary>For each that is to have other addresses than it has, though nobody changes it: what gives it those.</summary>
    IReadOnlyDictionary<string, Func<CancellationToken, Task>> Due();
}
