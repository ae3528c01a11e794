using CloudLb.Core.Traffic.Planning;
using CloudLb.Tests.HAProxy.Templates;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>What becomes of each kind of request in each mode, by a real HAProxy, as docs/desync.md says it.</summary>
public sealed class DesyncTests
{
    private static readonly IReadOnlyList<DesyncMitigation> Modes =
    [
        DesyncMitigation.Monitor, DesyncMitigation.Defensive, DesyncMitigation.Strictest,
    ];

    /// <param name="isOpen">Whether listeners have rules of an operator's, and so defaults of their own.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_kind_of_request_fares_in_every_mode_as_the_table_says(bool isOpen)
    {
        await using var instance = RecordingInstance.Start();
        var directory = TemplateFiles.NewDirectory();
        if (isOpen)
        {
            TemplateFiles.Write(directory, "frontend.rules.liquid", "  http-request set-var(txn.my_own) str(x)\n");
        }

        await using var running = await RunningDataPlane.StartAsync(directory);
        var web = InAllModes(instance);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var differences = new List<string>();
        foreach (var request in DesyncCases.All)
        {
            foreach (var mode in Modes)
            {
                var (expected, actual) = (
                    request.Expected(mode, running.Capabilities.RefusesNul), await FateAsync(web, instance, request, mode));
                if (actual != expected)
                {
                    differences.Add($"{request.Name}, {mode}: {expected} expected, {actual} seen");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void The_table_of_the_document_is_that_of_the_cases()
    {
        var file = Path.Combine(SourceDirectory(), "../../../docs/desync.md");
        var text = File.ReadAllText(file);
        var head = text[..(text.IndexOf("<!-- table -->\n", StringComparison.Ordinal) + "<!-- table -->\n".Length)];
        var next = head + DesyncTable.Text();
        if (Environment.GetEnvironmentVariable("UPDATE_SCENARIOS") == "1")
        {
            File.WriteAllText(file, next);
        }

        Assert.Equal(text, next);
    }

    [Fact]
    public void No_two_cases_have_one_name() =>
        Assert.Equal(DesyncCases.All.Count, DesyncCases.All.DistinctBy(request => request.Name).Count());

    private static PlannedLoadBalancer InAllModes(RecordingInstance instance)
    {
        var web = Plans.LoadBalancer("web", instance.Planned());
        return web with { Listeners = [.. Modes.Select(mode => Plans.Listener(PortOf(mode)).With(mode))] };
    }

    private static string SourceDirectory([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;

    private static int PortOf(DesyncMitigation mode) => Plans.Port + (int)mode;

    private static async Task<string> FateAsync(
        PlannedLoadBalancer web, RecordingInstance instance, DesyncCase request, DesyncMitigation mode)
    {
        instance.Requests.Clear();
        using var client = await RawClient.ConnectAsync(web, PortOf(mode));
        await client.SendAsync(request.Bytes);
        var answer = await client.AnswerAsync(request.Bytes.AsSpan().StartsWith("HEAD"u8));
        if (answer is not { } answered)
        {
            return "no answer";
        }

        var isKept = await client.IsKeptAsync();
        if (!instance.Requests.TryPeek(out var got) || got.Head.StartsWith("GET /after ", StringComparison.Ordinal))
        {
            return isKept ? $"{answered.Status}, kept" : $"{answered.Status}";
        }

        if (got.IsLast)
        {
            await Eventually.IsTrueAsync(() => got.Connection.IsClosed, $"the connection to the instance is closed after: {request.Name}");
        }

        return (answered.Status, isKept, got.IsLast) switch
        {
            (200, true, false) => DesyncCase.Routed,
            (200, false, true) => DesyncCase.Closed,
            (200, false, false) => DesyncCase.ClientClosed,
            var (status, kept, last) => $"routed with {status}, client's connection kept: {kept}, instance's: {!last}",
        };
    }
}
