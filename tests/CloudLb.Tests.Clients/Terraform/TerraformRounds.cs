namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// How much Terraform does: what fits among the other tests, or every change by itself, which <c>tests/run --terraform</c> asks for.
/// </summary>
internal static class TerraformRounds
{
    private const int Many = 60;
    private const int AmongOtherTests = 20;

    /// <summary>Whether each change is a step of its own, and not the first of a few with others.</summary>
    public static bool AreAll { get; } = Environment.GetEnvironmentVariable("CLOUDLB_TERRAFORM_ALL") == "1";

    /// <summary>
    /// How a configuration says where CloudLb is, if a test is not about that: reading its block of endpoints costs the provider five
    /// seconds of a processor in each command (5.100.0).
    /// </summary>
    public static TerraformEndpoint Endpoint => AreAll ? TerraformEndpoint.Block : TerraformEndpoint.Environment;

    /// <summary>Load balancers of one apply.</summary>
    public static int LoadBalancers => AreAll ? Many : AmongOtherTests;

    /// <summary>The steps of a test: each list of changes is one step, or as many as there are changes.</summary>
    public static IEnumerable<TChange[]> Steps<TChange>(params IEnumerable<TChange[]> groups) =>
        AreAll ? groups.SelectMany(group => group.Select(change => new[] { change })) : groups;
}
