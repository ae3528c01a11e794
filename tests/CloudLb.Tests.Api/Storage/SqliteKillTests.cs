using System.Diagnostics;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Api.Storage;

/// <summary>A process that writes is hit from outside: killed with no chance to finish, or left without a disk to write to.</summary>
public sealed class SqliteKillTests : IDisposable
{
    private const int Rounds = 5;

    private readonly SqliteStoreFolder _folder = new();
    private readonly ChangeSignal _changes = new();
    private readonly List<string> _answered = [];
    private readonly List<Process> _writers = [];

    [Fact]
    public async Task Every_change_that_was_answered_survives_kill_9()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var writer = StartWriter($"r{round}");
            await ReadAnswersAsync(writer, 20 + (round * 150));
            await KillAsync(writer);

            AssertAnsweredIsKept();
        }
    }

    [Fact]
    public async Task Changes_are_refused_while_writes_fail_and_taken_again_afterwards()
    {
        var writer = StartWriter("w");
        await ReadAnswersAsync(writer, 20);
        await LimitFileSizeAsync(writer, new FileInfo(_folder.Database + "-wal").Length.ToString());
        while (!(await ReadAsync(writer)).StartsWith(
            "!The change could not be saved: the disk reported an error", StringComparison.Ordinal))
        {
        }

        await LimitFileSizeAsync(writer, "unlimited");
        await ReadAnswersAsync(writer, 200);
        await KillAsync(writer);

        AssertAnsweredIsKept();
    }

    public void Dispose()
    {
        foreach (var writer in _writers)
        {
            writer.Kill();
            writer.WaitForExit();
            writer.Dispose();
        }

        _folder.Dispose();
        _changes.Dispose();
    }

    /// <summary>
    /// What the kernel refuses to a file past its limit stands in for the disk; it needs no rights over a process of one's own.
    /// </summary>
    private static async Task LimitFileSizeAsync(Process writer, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", writer.Id.ToString(), $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, prlimit.ExitCode);
    }

    private Process StartWriter(string prefix)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CloudLb.Tests.StoreWriter.dll");
        var writer = Process.Start(new ProcessStartInfo("dotnet", [program, _folder.Path, prefix]) { RedirectStandardOutput = true })!;
        _writers.Add(writer);
        return writer;
    }

    private async Task ReadAnswersAsync(Process writer, int count)
    {
        for (var read = 0; read < count;)
        {
            read += (await ReadAsync(writer)).StartsWith('!') ? 0 : 1;
        }
    }

    private async Task<string> ReadAsync(Process writer)
    {
        var line = await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line is not null, "the writer ended by itself");
        if (!line.StartsWith('!'))
        {
            _answered.Add(line);
        }

        return line;
    }

    /// <summary>Kills, and takes in what was printed before.</summary>
    private async Task KillAsync(Process writer)
    {
        writer.Kill();
        var rest = await writer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The last line may have been cut by the kill; its beginning would be a name that was never answered.
        _answered.AddRange(rest.Split('\n')[..^1].Where(line => !line.StartsWith('!')));
    }

    private void AssertAnsweredIsKept()
    {
        using var store = _folder.Open(_changes);
        Assert.Empty(_answered.Except(store.Current.LoadBalancers.All.Select(loadBalancer => loadBalancer.Key.Name)));
    }
}
