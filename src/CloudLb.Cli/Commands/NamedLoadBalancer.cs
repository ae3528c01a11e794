using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>The one load balancer that a name, with an account and a region where they are given, stands for.</summary>
internal static class NamedLoadBalancer
{
    /// <summary>Those of an account and a region, where they are given.</summary>
    public static IEnumerable<LoadBalancerStatus> Of(IReadOnlyList<LoadBalancerStatus> all, string? account, string? region) =>
        all.Where(status => (account is null || status.Account == account) && (region is null || status.Region == region));

    public static LoadBalancerStatus Single(IReadOnlyList<LoadBalancerStatus> ofName, string name, string? account, string? region)
    {
        var found = Of(ofName, account, region).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new CommandException($"There is no load balancer named '{name}'.", ExitCodes.NotFound),
            _ => throw new CommandException(
                $"There are several load balancers named '{name}'; choose one with --account and --region: " +
                string.Join(", ", found.Select(status => $"{status.Account} {status.Region}")),
                ExitCodes.WrongUse),
        };
    }
}
