using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.AccessLogs;

/// <summary>Which objects lines of access logs become, and when.</summary>
public sealed class SpoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interval_is_one_object_that_is_delivered_when_it_is_over()
    {
        using var rig = new SpoolRig();
        rig.Write("1");
        rig.Spooler.Pass(isLast: false);
        rig.Clock.Now += TimeSpan.FromMinutes(3);
        rig.Write("2");
        await rig.PassAsync();
        Assert.Empty(rig.Delivered);

        // The mark was passed: what is logged now belongs to the next interval.
        rig.Clock.Now += TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(5);
        rig.Write("3");
        await rig.PassAsync();

        var delivered = Assert.Single(rig.Delivered);
        Assert.Equal(["1", "2"], delivered.Value);
        Assert.Matches(
            "^logs/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/03/01/" +
            "123456789012_elasticloadbalancing_us-east-1_web_20260301T1005Z_127.0.64.1_[a-z0-9]{8}.log$",
            delivered.Key);
    }

    [Fact]
    public async Task Without_traffic_there_is_no_object()
    {
        using var rig = new SpoolRig();
        await rig.PassAsync();
        rig.Clock.Now += TimeSpan.FromHours(2);
        await rig.PassAsync();

        Assert.Empty(rig.Delivered);
        Assert.Equal(["checkpoint.json"], Directory.EnumerateFiles(rig.SpoolDirectory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_was_logged_while_CloudLb_was_away_goes_to_the_intervals_that_it_belongs_to()
    {
        using var rig = new SpoolRig();
        foreach (var target in new[] { "1", "2", "3" })
        {
            rig.Write(target);
            rig.Clock.Now += TimeSpan.FromMinutes(5);
        }

        await rig.PassAsync();

        Assert.Equal(["1005Z", "1010Z", "1015Z"], rig.Delivered.Keys.Select(key => key.Split('_')[4][^5..]).Order());
        Assert.Equal(["1", "2", "3"], rig.DeliveredTargets.Order());
    }

    [Fact]
    public async Task A_change_of_the_attribute_begins_another_object_and_switching_off_keeps_what_was_logged()
    {
        using var rig = new SpoolRig();
        rig.Write("1");
        rig.Spooler.Pass(isLast: false);
        rig.Log = new AccessLog { Bucket = "other", Prefix = "p", Interval = TimeSpan.FromMinutes(60) };
        rig.Write("2");
        rig.Spooler.Pass(isLast: false);
        rig.Log = null;
        rig.Write("3");
        rig.Spooler.Pass(isLast: false);
        rig.Clock.Now += TimeSpan.FromMinutes(2);
        rig.Spooler.Pass(isLast: false);
        rig.Write("never");
        rig.Clock.Now += TimeSpan.FromHours(1);
        await rig.PassAsync();

        Assert.Equal(
            ["1", "2 3"], rig.Delivered.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Join(' ', pair.Value)));
        Assert.Contains(
            rig.Delivered.Keys,
            key =>
                key.StartsWith("other/p/AWSLogs/", StringComparison.Ordinal) && key.Contains("_20260301T1100Z_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_lines_of_a_load_balancer_that_was_deleted_are_delivered()
    {
        using var rig = new SpoolRig();
        rig.Spooler.Pass(isLast: false);
        rig.Write("1");
        rig.Resources.Current = MemoryResources.Empty;
        rig.Spooler.Pass(isLast: false);
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await rig.PassAsync();

        Assert.Equal(["1"], rig.DeliveredTargets);
    }

    [Fact]
    public async Task What_was_read_gives_its_space_back_while_its_process_still_runs_and_its_file_when_that_has_ended()
    {
        using var rig = new SpoolRig();
        var padding = new string('x', 8000);
        for (var target = 0; target < 4000; target++)
        {
            rig.Write(padding);
        }

        rig.Spooler.Pass(isLast: true);
        var file = Assert.Single(Directory.GetFiles(rig.RawDirectory));
        Assert.True(new FileInfo(file).Length > 30 << 20);
        var use = await System.Diagnostics.Process
            .Start(new System.Diagnostics.ProcessStartInfo("du", ["-k", file]) { RedirectStandardOutput = true })!.StandardOutput
            .ReadToEndAsync(Token);
        Assert.InRange(int.Parse(use.Split('\t')[0]), 0, 20_000);

        rig.Write("last");
        rig.EndProcess();
        rig.Spooler.Pass(isLast: true);
        Assert.Empty(Directory.GetFiles(rig.RawDirectory));
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await rig.PassAsync();
        Assert.Equal(4001, rig.DeliveredTargets.Count());
    }
}
