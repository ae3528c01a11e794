namespace CloudLb.Tests.Clients.Harness;

/// <summary>What programs write for shells and for man, as those take it.</summary>
internal static class ShellFiles
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What zsh prints when a program's completion is loaded; skips where zsh is not installed.</summary>
    /// <param name="executable">The program, which writes it for <c>completion zsh</c>.</param>
    /// <param name="asked">What zsh is to run then.</param>
    public static async Task<ChildProcess.Result> LoadInZshAsync(string executable, string asked)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "zsh is not installed.");
        var file = Path.GetTempFileName();
        var loaded = await ChildProcess.RunAsync(
            "zsh",
            [
                "-fc",
                $"'{executable}' completion zsh >{file}; zsh -n {file} && autoload -U compinit && compinit -u -D && . {file} && {asked}",
            ],
            [], Token);
        File.Delete(file);
        return loaded;
    }

    /// <summary>What mandoc or man has to say against the pages in a folder; skips where neither is installed.</summary>
    public static async Task<string> FaultsOfManPagesAsync(string folder)
    {
        var isMandoc = File.Exists("/usr/bin/mandoc");
        Assert.SkipUnless(isMandoc || File.Exists("/usr/bin/man"), "Neither mandoc nor man is installed.");
        var command = isMandoc
            ? "mandoc -Tlint -W warning ./*.1"
            : "for page in ./*.1; do LC_ALL=C.UTF-8 man --warnings -l -Tutf8 -Z \"$page\" 2>&1 >/dev/null; done";
        return (await ChildProcess.RunAsync("sh", ["-c", $"cd '{folder}'; {command}"], [], Token)).Output;
    }
}
