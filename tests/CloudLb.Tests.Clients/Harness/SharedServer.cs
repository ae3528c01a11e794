[assembly: AssemblyFixture(typeof(CloudLb.Tests.Clients.Harness.SharedServer))]

namespace CloudLb.Tests.Clients.Harness;

/// <summary>One server for all tests that do not stop or kill it; they keep apart by the names of their load balancers.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private CloudLbProcess? _process;

    internal CloudLbProcess Process
    {
        get
        {
            Installed.HAProxyOrSkip();
            return _process!;
        }
    }

    internal ElbApi Api => new(Process.Url);

    public async ValueTask InitializeAsync()
    {
        if (Installed.IsHAProxyThere)
        {
            _process = await CloudLbProcess.StartAsync(TestContext.Current.CancellationToken, ("Reconciler:ResyncInterval", "00:00:01"));
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
