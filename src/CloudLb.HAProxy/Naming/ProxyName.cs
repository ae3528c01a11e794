using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The name of a frontend or a backend: account, region, load balancer and then the listener's port or the pool's name, with colons between them, as
/// <c>123456789012:us-east-1:web:80</c>. None of the parts contains a colon, so that the name maps both ways.
/// </summary>
internal static class ProxyName
{
    public static string OfListener(LoadBalancerKey loadBalancer, int port) => $"{Prefix(loadBalancer)}{port}";

    public static string OfPool(LoadBalancerKey loadBalancer, string pool) => $"{Prefix(loadBalancer)}{Part(pool)}";

    public static bool TryParse(string name, out LoadBalancerKey loadBalancer, out string last)
    {
        var parts = name.Split(':');
        if (parts.Length == 4 && AccountId.IsValid(parts[0]))
        {
            (loadBalancer, last) = (new LoadBalancerKey(new AccountId(parts[0]), parts[1], parts[2]), parts[3]);
            return true;
        }

        (loadBalancer, last) = (null!, "");
        return false;
    }

    private static string Prefix(LoadBalancerKey key) => $"{key.Account}:{Part(key.Region)}:{Part(key.Name)}:";

    private static string Part(string text) =>
        text.Contains(':') ? throw new UnwritableValueException(text, "contains a colon") : Name.Checked(text);
}
