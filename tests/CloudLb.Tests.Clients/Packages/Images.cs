using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Packages;

/// <summary>buildah with a store of its own, which goes with it.</summary>
internal sealed class Images : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _directory = Directory.CreateTempSubdirectory("clb-images-").FullName;

    private string[] Store => ["--root", $"{_directory}/store", "--runroot", $"{_directory}/run", "--storage-driver", "vfs"];

    /// <summary>A command that must succeed; returns what it has printed.</summary>
    public async Task<string> DoAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var done = await ChildProcess.RunAsync("buildah", [.. Store, .. arguments], [], cancellationToken, Patience);
        Assert.True(done.ExitCode == 0, $"buildah {string.Join(' ', arguments)}\n{done.Output}{done.Error}");
        return done.Output.TrimEnd('\n');
    }

    /// <summary>A command that goes on.</summary>
    public Process Start(IReadOnlyList<string> arguments) => Process.Start(new ProcessStartInfo("buildah", [.. Store, .. arguments]))!;

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("buildah", [.. Store, "rm", "--all"], [], CancellationToken.None, Patience);
        Directory.Delete(_directory, recursive: true);
    }
}
