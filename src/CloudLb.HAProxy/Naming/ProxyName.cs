using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The name of a frontend or a backend: account, region, load balancer and then the listener's port or the pool's name, with colons between
/// them, as
/// <c>123456789012:us-east-1:web:80</c>. None of the parts contains a colon, so that the name maps both ways. A listener that has a
/// frontend for each thread has the thread's number after it, from the second on: <c>123456789012:us-east-1:web:80:2</c>. A kind other than
/// <see cref="PlainKind"/> comes first, as
/// <c>alb:123456789012:us-east-1:web:80</c>; no kind looks like an account.
/// </summary>
internal static class ProxyName
{
    /// <summary>
    /// The kind whose load balancers stand without one, as all did when there was no other: running processes and files bear such names.
    /// </summary>
    public const string PlainKind = "elb";

    public static string OfListener(LoadBalancerId loadBalancer, int port) => $"{Prefix(loadBalancer)}{port}";

    /// <summary>The frontend that serves the listener on one thread.</summary>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="port">The listener's.</param>
    /// <param name="thread">The thread, counted from 1.</param>
    public static string OfListener(LoadBalancerId loadBalancer, int port, int thread) =>
        thread == 1 ? OfListener(loadBalancer, port) : $"{OfListener(loadBalancer, port)}:{thread}";

    /// <summary>
    /// What stands for a listener where it is about a further certificate of its: without colons, as what comes behind the first one in the
    /// path of a certificate is a line's number to <c>del ssl crt-list</c> (2.6.12).
    /// </summary>
    /// <param name="listener">The listener's name.</param>
    /// <param name="certificateId">Which one.</param>
    public static string OfNamedCertificate(string listener, string certificateId) =>
        $"{listener.Replace(':', '+')}.{Name.Checked(certificateId)}";

    public static string OfPool(LoadBalancerId loadBalancer, string pool) => $"{Prefix(loadBalancer)}{Part(pool)}";

    /// <param name="name">The name.</param>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="last">The port or the pool's name.</param>
    public static bool TryParse(string name, out LoadBalancerId loadBalancer, out string last)
    {
        ReadOnlySpan<string> parts = name.Split(':');
        if (TryParse(parts, out loadBalancer, out parts) && parts.Length is 1 or 2)
        {
            last = parts[0];
            return true;
        }

        last = "";
        return false;
    }

    /// <summary>A load balancer by itself, as the first parts of its proxies' names.</summary>
    public static string OfLoadBalancer(LoadBalancerId id)
    {
        var plain = $"{id.Account}:{Part(id.Region)}:{Part(id.Name)}";
        return id.Kind == PlainKind ? plain : $"{Part(id.Kind)}:{plain}";
    }

    /// <summary>Reads what <see cref="OfLoadBalancer"/> has written.</summary>
    public static bool TryParseLoadBalancer(string text, out LoadBalancerId loadBalancer) =>
        TryParse(text.Split(':'), out loadBalancer, out var rest) && rest.IsEmpty;

    private static bool TryParse(ReadOnlySpan<string> parts, out LoadBalancerId loadBalancer, out ReadOnlySpan<string> rest)
    {
        var hasKind = parts.Length > 0 && !AccountId.IsValid(parts[0]);
        var kind = hasKind ? parts[0] : PlainKind;
        rest = hasKind ? parts[1..] : parts;
        if (rest.Length < 3 || !AccountId.IsValid(rest[0]))
        {
            loadBalancer = null!;
            return false;
        }

        loadBalancer = new(kind, new AccountId(rest[0]), rest[1], rest[2]);
        rest = rest[3..];
        return true;
    }

    private static string Prefix(LoadBalancerId id) => $"{OfLoadBalancer(id)}:";

    private static string Part(string text) =>
        text.Contains(':') ? throw new UnwritableValueException(text, "contains a colon") : Name.Checked(text);
}
