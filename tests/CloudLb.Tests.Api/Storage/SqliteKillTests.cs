using System.Diagnostics;
using CloudLb.Core.Reconciliation;

namespace CloudLb.Tests.Api.Storage;

/// <summary>A process that writes is killed with no chance to finish.</summary>
public sealed class SqliteKillTests : IDisposable
{
    private const int Rounds = 5;

    private readonly SqliteStoreFolder _folder = new();
    private readonly ChangeSignal _changes = new();

    [Fact]
    public async Task Every_change_that_was_answered_survives_kill_9()
    {
        var answered = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            answered.AddRange(await WriteUntilKilledAsync($"r{round}", answers: 20 + (round * 150)));
            using var store = _folder.Open(_changes);
            var kept = store.Current.All.Select(loadBalancer => loadBalancer.Key.Name).ToHashSet();

            Assert.Empty(answered.Except(kept));
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _changes.Dispose();
    }

    /// <summary>Kills the writer once it has printed as many answers, and returns all that it printed whole.</summary>
    private async Task<IReadOnlyList<string>> WriteUntilKilledAsync(string prefix, int answers)
    {
        using var writer = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "CloudLb.Tests.StoreWriter.dll"), _folder.Path, prefix])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var names = new List<string>();
            while (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } name)
            {
                names.Add(name);
                if (names.Count == answers)
                {
                    writer.Kill();
                }
            }

            Assert.True(names.Count >= answers, "the writer ended by itself");

            // The last line may have been cut by the kill; its beginning would be a name that was never answered.
            return names[..^1];
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(CancellationToken.None);
        }
    }
}
