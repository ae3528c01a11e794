using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>The alert rules and the dashboard that are shipped, held against what the server really tells.</summary>
public sealed partial class MonitoringFilesTests(SharedServer server)
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "deploy", "monitoring"));
    private static readonly HttpClient Http = new();

    /// <summary>The shared server's URL is http.</summary>
    private const string OfHttpsAlone = "cloudlb_api_certificate_expiry_timestamp_seconds";

    [Theory]
    [InlineData("alerts.yml")]
    [InlineData("dashboard.json")]
    public async Task Every_metric_that_a_file_asks_for_is_one_of_the_server_s(string file)
    {
        var token = TestContext.Current.CancellationToken;
        await server.Api.CreateWebAsync($"seen-by-{file.Split('.')[0]}", Ports.Free(System.Net.IPAddress.Loopback), token);
        var asked = Metric()
            .Matches(await File.ReadAllTextAsync(Path.Combine(Folder, file), token))
            .Select(match => match.Value)
            .Distinct()
            .ToList();

        Assert.True(asked.Count > 5, $"{file} asks for {asked.Count} metrics only.");
        await Wait.ForAsync(() => UnknownAsync(asked, token), unknown => unknown.Count == 0, token);
    }

    [Fact]
    public async Task Prometheus_s_own_tool_accepts_the_alert_rules()
    {
        const string Tool = "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(Tool), "promtool is not installed (apt install prometheus).");
        var token = TestContext.Current.CancellationToken;

        var told = await ChildProcess.RunAsync(
            Tool, ["check", "rules", Path.Combine(Folder, "alerts.yml")], new Dictionary<string, string?>(), token);

        Assert.True(told.ExitCode == 0, told.Output + told.Error);
    }

    /// <summary>Histograms and summaries are asked for by their parts.</summary>
    private async Task<List<string>> UnknownAsync(List<string> asked, CancellationToken cancellationToken)
    {
        var types = Exposition.Parse(await Http.GetStringAsync(new Uri(server.Process.Url, "/metrics"), cancellationToken)).Types;
        return [.. asked.Where(name => name != OfHttpsAlone && !types.ContainsKey(name) && !types.ContainsKey(Part().Replace(name, "")))];
    }

    [GeneratedRegex("cloudlb_[a-z0-9_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
