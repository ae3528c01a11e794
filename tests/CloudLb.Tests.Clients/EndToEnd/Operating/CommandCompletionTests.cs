using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Completion and man pages of <c>cloudlb</c>, as shells and man take them.</summary>
public sealed class CommandCompletionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cloudlb res", "reset restore")]
    [InlineData("cloudlb database a", "accept")]
    [InlineData("cloudlb --DataDirectory /x database a", "accept")]
    [InlineData("cloudlb describe --out", "--output")]
    [InlineData("cloudlb describe -o j", "json")]
    [InlineData("cloudlb explain web 10.0.0.1 --output te", "text")]
    [InlineData("cloudlb completion ", "bash zsh")]
    [InlineData("cloudlb watch --he", "--help")]
    [InlineData("cloudlb serve --DataD", "--DataDirectory")]
    [InlineData("cloudlb serve --HAProxy:Mod", "Mode")]
    [InlineData("cloudlb serve --Secret", "")]
    [InlineData("cloudlb restore /etc/hostn", "/etc/hostname")]
    [InlineData("cloudlb sw", "")]
    public async Task Bash_completes(string line, string expected)
    {
        // As bash itself parts the line: at blanks, and at colons, which are words of their own.
        const string Script = """
            eval "$("$0" completion bash)" && complete -p cloudlb >/dev/null || exit
            COMP_LINE=$1; COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"${1//:/ : }"; [[ $1 != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cloudlb; echo "${COMPREPLY[@]}"
            """;
        var completed = await ChildProcess.RunAsync("bash", ["-c", Script, CloudLbProcess.Executable, line], [], Token);

        Assert.Equal((0, expected, ""), (completed.ExitCode, completed.Output.TrimEnd('\n'), completed.Error));
    }

    [Fact]
    public async Task Zsh_loads_its_completion()
    {
        var loaded = await ShellFiles.LoadInZshAsync(
            CloudLbProcess.Executable, "echo ${_comps[cloudlb]} && whence -w _cloudlb_database_accept");

        Assert.Equal(
            (0, "_cloudlb\n_cloudlb_database_accept: function", ""), (loaded.ExitCode, loaded.Output.Trim(), loaded.Error));
    }

    [Fact]
    public async Task Man_pages_are_there_for_every_command_and_have_no_fault()
    {
        var folder = Directory.CreateTempSubdirectory("clb-man-").FullName;
        var written = await ChildProcess.RunAsync(CloudLbProcess.Executable, ["man", folder], [], Token);
        Assert.True(written.ExitCode == 0, written.Error);
        var pages = Directory.EnumerateFiles(folder).Select(Path.GetFileNameWithoutExtension).ToList();
        Assert.Contains("cloudlb", pages);
        Assert.Contains("cloudlb-database-accept", pages);
        Assert.DoesNotContain("cloudlb-sweep", pages);
        Assert.Contains("--HAProxy:Mode", (await File.ReadAllTextAsync(Path.Combine(folder, "cloudlb.1"), Token)).Replace("\\-", "-"));

        var faults = await ShellFiles.FaultsOfManPagesAsync(folder);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("", faults);
    }
}
