namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// The scenarios of version 2, begun at the same time by whoever asks first: the provider waits half a minute after each change of a
/// load balancer, and one after the other they would keep a test from running for minutes in which nothing is done.
/// </summary>
public sealed class TerraformV2Runs(TerraformServer server)
{
    private readonly Lazy<Dictionary<Type, Task>> _runs = new(() => new ITerraformScenario[]
        {
            new TerraformV2Basics(server), new TerraformV2Arguments(server), new TerraformTrustStores(server),
        }
        .ToDictionary(scenario => scenario.GetType(), scenario => scenario.RunAsync(TestContext.Current.CancellationToken)));

    /// <summary>
    /// Waits for all of them, as what they print belongs to the test that has begun them, and fails when this one has failed.
    /// </summary>
    internal async Task EndOfAsync<TScenario>()
        where TScenario : ITerraformScenario
    {
        await Task.WhenAll(_runs.Value.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _runs.Value[typeof(TScenario)];
    }
}
