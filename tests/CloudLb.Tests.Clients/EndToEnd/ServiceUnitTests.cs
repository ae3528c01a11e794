using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>The systemd unit that is shipped, judged without a system that runs it.</summary>
public sealed class ServiceUnitTests
{
    private const string Tool = "/usr/bin/systemd-analyze";

    /// <summary>In tenths; a unit without any protection has 96.</summary>
    private const int MostExposed = 30;

    [Fact]
    public async Task The_unit_exposes_little_of_the_machine()
    {
        Assert.SkipUnless(File.Exists(Tool), "systemd-analyze is not installed (apt install systemd).");
        var unit = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "deploy", "cloudlb.service"));

        var told = await ChildProcess.RunAsync(
            Tool, ["security", "--offline=true", $"--threshold={MostExposed}", "--no-pager", unit], new Dictionary<string, string?>(), TestContext.Current.CancellationToken);

        Assert.True(told.ExitCode == 0, told.Output + told.Error);
    }
}
