using System.Diagnostics;
using CloudLb.Core;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>The real <c>cloudlb serve --Ephemeral</c>, with nothing but what a test adds.</summary>
internal sealed class EphemeralServer : IAsyncDisposable
{
    private const string Ready = "CloudLb is ready at ", Kept = "Nothing is kept: ", Goes = " goes when it stops.";
    private const string HAProxyPath = "CloudLb__HAProxy__Path";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private EphemeralServer(Process process) => _process = process;

    /// <summary>Whose calls are signed with the key that such a server has by itself.</summary>
    public static Account Owner { get; } = new(Account.First.Id, "test", "test");

    public Uri Url { get; private set; } = null!;

    /// <summary>Its own choice.</summary>
    public string Directory { get; private set; } = "";

    public ElbApi Api => new(Url, Owner);

    public int ProcessId => _process.Id;

    private string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>An environment in which nobody has said anything to CloudLb.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } =
        System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("CloudLb__", StringComparison.Ordinal) && name != HAProxyPath)
            .Select(name => KeyValuePair.Create(name, (string?)null))
            .Append(KeyValuePair.Create(HAProxyPath, (string?)Installed.HAProxy)).ToDictionary();

    public static async Task<EphemeralServer> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        Installed.HAProxyOrSkip();
        var start = new ProcessStartInfo(CloudLbProcess.Executable, ["serve", "--Ephemeral", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var server = new EphemeralServer(Process.Start(start)!);
        try
        {
            await server.ReadAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as Ctrl-C does; returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    /// <summary>What of it is there, in memory, on the disk and among the processes; empty when nothing is.</summary>
    public IReadOnlyList<string> Remains()
    {
        var cell = Path.Combine(Directory, "haproxy", "cells", "1");
        var elsewhere = new[] { MemoryDirectory.Root, Path.GetTempPath() }.OfType<string>()
            .SelectMany(place => new[] { Directory, cell, Path.Combine(Directory, "haproxy"), Path.Combine(Directory, "haproxy", "shared") }
                .Select(path => PrivateDirectory.NameIn(place, path)));
        return [.. elsewhere.Prepend(Directory).Where(System.IO.Directory.Exists), .. HAProxyProcesses().Select(id => $"the process {id}")];
    }

    /// <summary>The address of a load balancer.</summary>
    public async Task<string> AddressAsync(string name, CancellationToken cancellationToken)
    {
        var found = await CommandAsync(cancellationToken, "address", name);
        Assert.True(found.ExitCode == 0, found.Error);
        return found.Output.Trim();
    }

    /// <summary>A command that is told which server it is about.</summary>
    public Task<ChildProcess.Result> CommandAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        ChildProcess.RunAsync(CloudLbProcess.Executable, [.. arguments, $"--DataDirectory={Directory}"], Environment, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private IEnumerable<int> HAProxyProcesses() =>
        System.IO.Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => name.All(char.IsAsciiDigit))
            .Where(name => CommandOf(name).Contains($"{Directory}/haproxy/", StringComparison.Ordinal)).Select(int.Parse);

    private static string CommandOf(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data?.StartsWith(Ready, StringComparison.Ordinal) == true)
            {
                Url = new(line.Data[Ready.Length..]);
            }
            else if (line.Data?.StartsWith(Kept, StringComparison.Ordinal) == true)
            {
                Directory = line.Data[Kept.Length..^Goes.Length];
                whole.TrySetResult();
            }
            else if (line.Data is null)
            {
                whole.TrySetException(new InvalidOperationException($"cloudlb ended before it was ready:\n{Output}"));
            }
        };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await whole.Task.WaitAsync(cancellationToken);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }
}
