using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.AccessLogs;

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
        await PassAsync(rig);
        Assert.Empty(rig.Delivered);

        // The mark was passed: what is logged now belongs to the next interval.
        rig.Clock.Now += TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(5);
        rig.Write("3");
        await PassAsync(rig);

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
        await PassAsync(rig);
        rig.Clock.Now += TimeSpan.FromHours(2);
        await PassAsync(rig);

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

        await PassAsync(rig);

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
        await PassAsync(rig);

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
        await PassAsync(rig);

        Assert.Equal(["1"], rig.DeliveredTargets);
    }

    [Fact]
    public async Task While_the_store_is_away_everything_is_kept_and_then_delivered()
    {
        using var rig = new SpoolRig();
        var attempts = 0;
        rig.StoreFault = () =>
        {
            attempts++;
            throw new IOException("away");
        };
        for (var target = 0; target < 60; target++)
        {
            rig.Write($"{target}");
            rig.Clock.Now += TimeSpan.FromMinutes(1);
            await PassAsync(rig);
        }

        Assert.Empty(rig.Delivered);
        Assert.InRange(attempts, 5, 30);

        rig.StoreFault = () => { };
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);
        Assert.Equal(Enumerable.Range(0, 60).Select(target => $"{target}").Order(), rig.DeliveredTargets.Order());
        rig.Spooler.Pass(isLast: true);
        Assert.DoesNotContain(Directory.EnumerateFiles(rig.SpoolDirectory), path => path.EndsWith(".spool", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task What_is_kept_is_delivered_in_its_time_whatever_the_clock_does(int hours)
    {
        using var rig = new SpoolRig();
        rig.StoreFault = () => throw new IOException("away");
        rig.Write("1");
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);
        rig.Write("2");
        await PassAsync(rig);

        rig.StoreFault = () => { };
        rig.Clock.Jumped = TimeSpan.FromHours(hours);
        rig.Write("3");
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);

        Assert.Equal(["1", "2", "3"], rig.DeliveredTargets.Order());
    }

    [Fact]
    public async Task What_is_more_than_the_spool_may_hold_goes_the_oldest_first()
    {
        using var rig = new SpoolRig();
        rig.Options.MaxSpoolSize = 1;
        rig.StoreFault = () => throw new IOException("away");
        var padding = new string('x', 4000);
        for (var target = 0; target < 500; target++)
        {
            rig.Write($"{target}-{padding}");
            rig.Clock.Now += TimeSpan.FromSeconds(30);
            rig.Spooler.Pass(isLast: false);
        }

        Assert.InRange(Directory.EnumerateFiles(rig.SpoolDirectory).Sum(path => new FileInfo(path).Length), 900_000, 1_200_000);
        rig.StoreFault = () => { };
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);
        var delivered = rig.DeliveredTargets.Select(target => int.Parse(target.Split('-')[0])).Order().ToList();
        Assert.Equal(Enumerable.Range(500 - delivered.Count, delivered.Count), delivered);
    }

    [Fact]
    public async Task A_damaged_checkpoint_loses_nothing()
    {
        using var rig = new SpoolRig();
        rig.Write("1");
        rig.Spooler.Pass(isLast: true);
        rig.EndProcess();
        await File.WriteAllTextAsync(Path.Combine(rig.SpoolDirectory, "checkpoint.json"), "{\"Posit", Token);
        rig.Restart();
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);

        Assert.Contains("1", rig.DeliveredTargets);
        Assert.True(File.Exists(Path.Combine(rig.SpoolDirectory, "checkpoint.json.damaged")));
    }

    [Fact]
    public async Task After_half_a_line_of_a_full_disk_the_next_line_is_delivered_and_the_half_is_told_once_however_often_it_is_read()
    {
        using var rig = new SpoolRig();
        foreach (var target in new[] { "1", "2" })
        {
            rig.EndProcess();
            rig.WriteTorn("lost");
            rig.Write(target);
        }

        for (var round = 0; round < 3; round++)
        {
            // One part is read, and as the other cannot be, nothing counts.
            var calls = 0;
            rig.Restart();
            rig.SourceFault = () =>
            {
                if (++calls == 3)
                {
                    throw new IOException("as asked");
                }
            };
            Assert.Throws<IOException>(() => rig.Spooler.Pass(isLast: false));
        }

        rig.SourceFault = () => { };
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await PassAsync(rig);

        Assert.Equal(["1", "2"], rig.DeliveredTargets.Order());
        Assert.Equal(2, rig.Told.Lines.Count(line => line.Text.Contains("are broken and left out", StringComparison.Ordinal)));
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
        await PassAsync(rig);
        Assert.Equal(4001, rig.DeliveredTargets.Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Kills_and_faults_at_any_moment_neither_lose_nor_double_a_line(int seed)
    {
        using var rig = new SpoolRig();
        var random = new Random(seed);
        rig.SourceFault = () => FailSometimes(12);
        rig.StoreFault = () => FailSometimes(3);
        var written = 0;
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    for (var count = random.Next(20); count > 0; count--)
                    {
                        rig.Write($"{written++}");
                    }

                    break;
                case 2:
                    rig.EndProcess();
                    break;
                case 3:
                    rig.Restart();
                    break;
                case 4:
                    rig.Clock.Now += TimeSpan.FromSeconds(random.Next(400));
                    break;
                default:
                    await TryAsync();
                    break;
            }
        }

        rig.SourceFault = rig.StoreFault = () => { };
        rig.Clock.Now += TimeSpan.FromMinutes(20);
        await PassAsync(rig);
        Assert.Equal(Enumerable.Range(0, written), rig.DeliveredTargets.Select(int.Parse).Order());

        void FailSometimes(int oneIn)
        {
            if (random.Next(oneIn) == 0)
            {
                throw new IOException("as asked");
            }
        }

        async Task TryAsync()
        {
            try
            {
                await PassAsync(rig);
            }
            catch (IOException)
            {
                // In the middle of something: as if killed there.
                rig.Restart();
            }
        }
    }

    private static async Task PassAsync(SpoolRig rig)
    {
        rig.Spooler.Pass(isLast: false);
        await rig.Deliverer.PassAsync(Token);
    }
}
