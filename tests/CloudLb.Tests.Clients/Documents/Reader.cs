using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Terraform;

namespace CloudLb.Tests.Clients.Documents;

/// <summary>
/// Somebody who pastes one block after the other into a shell, in a fresh clone of the project. Exported variables and the current
/// directory stay from block to block; what a block leaves in the background goes on until the end.
/// </summary>
internal sealed class Reader : IAsyncDisposable
{
    /// <summary>A build is among the commands.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("clb-reader-").FullName;
    private readonly List<Process> _blocks = [];

    private string Clone => Path.Combine(_directory, "cloudlb");

    private string Variables => Path.Combine(_directory, "variables");

    /// <summary>Copies what the repository holds, changes that are not committed included.</summary>
    public static async Task<Reader> StartAsync(string repository, CancellationToken cancellationToken)
    {
        var reader = new Reader();
        Directory.CreateDirectory(reader.Clone);
        await File.WriteAllTextAsync(reader.Variables, $"cd '{reader.Clone}'\n", cancellationToken);
        var copied = await ChildProcess.RunAsync(
            "bash",
            ["-c", "set -o pipefail; cd \"$1\"; git ls-files -co --exclude-standard -z | tar --null -T - --ignore-failed-read -cf - | " +
                "tar -C \"$2\" -xf -", "-", repository, reader.Clone],
            new Dictionary<string, string?>(), cancellationToken);
        Assert.True(copied.ExitCode == 0, copied.Error);
        return reader;
    }

    /// <summary>Runs a block to its end; fails with all that it printed when any of its commands does.</summary>
    public async Task RunAsync(CommandBlock block, CancellationToken cancellationToken)
    {
        var (process, output) = Start(block);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
        {
            Assert.Fail($"{block} ended with {process.ExitCode}:\n{block.Text}\n{await File.ReadAllTextAsync(output, cancellationToken)}");
        }
    }

    /// <summary>Starts a block that goes on and waits until the CloudLb that it starts is ready.</summary>
    public async Task BeginAsync(CommandBlock block, CancellationToken cancellationToken)
    {
        var (process, output) = Start(block);
        for (
            var watch = Stopwatch.StartNew(); !File.Exists(
                Path.Combine(Clone, "data", "endpoint")); await Task.Delay(Wait.Pause, cancellationToken))
        {
            if (process.HasExited || watch.Elapsed > Patience)
            {
                Assert.Fail(
                    $"{block}: no CloudLb is ready after {watch.Elapsed}:\n{await File.ReadAllTextAsync(output, cancellationToken)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The last one first: what a block needs was started before it.
        foreach (var block in Enumerable.Reverse(_blocks))
        {
            await EndAsync(block.Id);
            block.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Ends a block and all that it left in the background: they are one process group, the block's own.</summary>
    private static Task EndAsync(int group) => ChildProcess.RunAsync(
        "bash",
        ["-c", "kill -TERM -- -$1 2>/dev/null; for i in $(seq 600); do kill -0 -- -$1 2>/dev/null || exit 0; sleep 0.1; done; kill -KILL " +
            "-- -$1", "-", $"{group}"],
        new Dictionary<string, string?>(), CancellationToken.None);

    private (Process Process, string Output) Start(CommandBlock block)
    {
        var script = Path.Combine(_directory, $"{_blocks.Count}.sh");
        var output = $"{script}.out";
        File.WriteAllText(script, $"""
            exec >'{output}' 2>&1 </dev/null
            . '{Variables}'
            set -euo pipefail
            {CommandsOf(block)}
            export -p >'{Variables}'
            printf 'cd %q\n' "$PWD" >>'{Variables}'
            """);
        var process = Process.Start("setsid", ["bash", script]);
        _blocks.Add(process);
        return (process, output);
    }

    /// <summary>A shell's block as it stands; what is no shell's is written into the file that its reader would have.</summary>
    private string CommandsOf(CommandBlock block) => block.Language switch
    {
        "python" => $"/usr/bin/python3 - <<'END OF BLOCK'\n{block.Text}END OF BLOCK\n",
        "hcl" => $"""
            mkdir '{_directory}/terraform{_blocks.Count}' && cd '{_directory}/terraform{_blocks.Count}'
            cat >terraform.rc <<'END OF BLOCK'
            {TerraformInstalled.Configuration}
            END OF BLOCK
            cat >main.tf <<'END OF BLOCK'
            {block.Text}
            END OF BLOCK
            export TF_CLI_CONFIG_FILE=$PWD/terraform.rc CHECKPOINT_DISABLE=1
            '{TerraformInstalled.Program}' apply -auto-approve -no-color -input=false
            '{TerraformInstalled.Program}' plan -detailed-exitcode -no-color -input=false
            cd - >/dev/null
            """,
        _ => block.Text,
    };
}
