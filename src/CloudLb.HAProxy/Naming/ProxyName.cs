using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The name of a frontend or a backend: account, region, load balancer and then the listener's port or the pool's name, with colons between them, as
/// <c>123456789012:us-east-1:web:80</c>. None of the parts contains a colon, so that the name maps both ways. A listener that has a frontend for each thread
/// has the thread's number after it, from the second on: <c>123456789012:us-east-1:web:80:2</c>.
/// </summary>
internal static class ProxyName
{
    public static string OfListener(LoadBalancerKey loadBalancer, int port) => $"{Prefix(loadBalancer)}{port}";

    /// <summary>The frontend that serves the listener on one thread.</summary>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="port">The listener's.</param>
    /// <param name="thread">The thread, counted from 1.</param>
    public static string OfListener(LoadBalancerKey loadBalancer, int port, int thread) =>
        thread == 1 ? OfListener(loadBalancer, port) : $"{OfListener(loadBalancer, port)}:{thread}";

    public static string OfPool(LoadBalancerKey loadBalancer, string pool) => $"{Prefix(loadBalancer)}{Part(pool)}";

    /// <param name="name">The name.</param>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="last">The port or the pool's name.</param>
    public static bool TryParse(string name, out LoadBalancerKey loadBalancer, out string last)
    {
        var parts = name.Split(':');
        if (parts.Length is 4 or 5 && AccountId.IsValid(parts[0]))
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
