[assembly: AssemblyFixture(typeof(CloudLb.Tests.Clients.Harness.SharedServer))]

namespace CloudLb.Tests.Clients.Harness;

/// <summary>One server for all tests that do not stop or kill it; they keep apart by the names of their load balancers.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal CloudLbProcess Process { get; private set; } = null!;

    internal ElbApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Process = await CloudLbProcess.StartAsync(TestContext.Current.CancellationToken, ("Reconciler:ResyncInterval", "00:00:01"));
        Api = new(Process.Url);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
