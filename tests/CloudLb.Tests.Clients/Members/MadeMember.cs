using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>A member that <c>cloudlb member create</c> has made, with the settings that it printed.</summary>
internal sealed record MadeMember(string Name, IReadOnlyDictionary<string, string> Settings)
{
    public Account Key => new(Account.First.Id, Settings["CLB_ACCESS_KEY_ID"], Settings["CLB_SECRET_ACCESS_KEY"]);

    public static async Task<MadeMember> CreateAsync(
        CloudLbProcess server, string name, string instance, string loadBalancer, params IEnumerable<string> options)
    {
        var made = await server.CommandAsync(
            TestContext.Current.CancellationToken,
            ["member", "create", name, "--instance", instance, "--load-balancer", loadBalancer, "--format", "env", .. options]);
        Assert.True(made.ExitCode == 0, made.Error);
        return Of(name, made.Output);
    }

    /// <param name="name">The member's.</param>
    /// <param name="settings">As they were printed.</param>
    public static MadeMember Of(string name, string settings) =>
        new(
            name,
            settings.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal))
                .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=') + 1)..]));
}
