using System.Diagnostics;

namespace CloudLb.Bench.Processes;

/// <summary>A program that runs beside the benchmark, ended by its own id.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _said = [];

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts a program and waits for a line of its output that begins with <paramref name="readyLine"/>.</summary>
    public static Task<ChildProcess> StartAsync(
        string program, IEnumerable<string> arguments, IEnumerable<(
            string Name, string Value)> environment, string readyLine, CancellationToken cancellationToken) =>
        StartAsync(program, arguments, environment, line => line.StartsWith(readyLine, StringComparison.Ordinal), cancellationToken);

    /// <summary>
    /// Starts a program in a session of its own, as the processes that CloudLb starts are: the kernel shares the processors out among
    /// sessions first (<c>sched_autogroup_enabled</c>), and one of the benchmark's session would share with the load that it is under.
    /// </summary>
    public static Task<ChildProcess> StartOnItsOwnAsync(
        string program, IEnumerable<string> arguments, Func<string, bool> isReady, CancellationToken cancellationToken) =>
        StartAsync("setsid", [program, .. arguments], [], isReady, cancellationToken);

    /// <summary>Starts a program and waits for a line of its output that says it is ready.</summary>
    public static async Task<ChildProcess> StartAsync(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, Func<string, bool> isReady,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, line) => child.Heard(line.Data, isReady);
        child._process.ErrorDataReceived += (_, line) => child.Heard(line.Data, isReady);
        child._process.Exited += (_, _) => child._ready.TrySetException(new InvalidOperationException($"{program} ended:\n{child.Said()}"));
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        try
        {
            await child._ready.Task.WaitAsync(Patience, cancellationToken);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as Ctrl-C does, or by force when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            try
            {
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private void Heard(string? line, Func<string, bool> isReady)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            // What was said last explains an end; a run says little else.
            _said.Add(line);
            _said.RemoveRange(0, Math.Max(0, _said.Count - 50));
        }

        if (isReady(line))
        {
            _ready.TrySetResult();
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }
}
