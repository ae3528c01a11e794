using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// The AWS provider as one process that all commands of a workspace attach to, which <c>TF_REATTACH_PROVIDERS</c> tells them.
/// </summary>
/// <remarks>
/// A command of Terraform starts the provider anew, which costs more of a processor than what most commands do (5.100.0). As each command
/// configures it again, it serves one configuration at a time: not a workspace that has several.
/// </remarks>
internal sealed partial class TerraformProvider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private TerraformProvider(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The provider has ended:\n{Output}"));
    }

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

    /// <param name="directory">Where it keeps its socket.</param>
    /// <param name="environment">That of the commands.</param>
    public static TerraformProvider Start(string directory, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var program = Directory.EnumerateFiles(TerraformInstalled.Provider, "terraform-provider-aws_*").First();
        var start = new ProcessStartInfo(program, ["-debug"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["TMPDIR"] = directory;
        var provider = new TerraformProvider(start);
        provider._process.Start();
        provider._process.BeginOutputReadLine();
        provider._process.BeginErrorReadLine();
        return provider;
    }

    /// <summary>What a command is told, once the provider listens.</summary>
    public Task<string> AddressAsync(CancellationToken cancellationToken) => _address.Task.WaitAsync(Patience, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (Address().Match(line) is { Success: true } told)
        {
            _address.TrySetResult(told.Groups[1].Value);
        }
    }

    [GeneratedRegex("TF_REATTACH_PROVIDERS='([^']*)'")]
    private static partial Regex Address();
}
