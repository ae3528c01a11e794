namespace CloudLb.Tests.Unit.AccessLogs;

/// <summary>What is spooled when stores, disks, clocks and processes fail.</summary>
public sealed class SpoolFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            await rig.PassAsync();
        }

        Assert.Empty(rig.Delivered);
        Assert.InRange(attempts, 5, 30);

        rig.StoreFault = () => { };
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await rig.PassAsync();
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
        await rig.PassAsync();
        rig.Write("2");
        await rig.PassAsync();

        rig.StoreFault = () => { };
        rig.Clock.Jumped = TimeSpan.FromHours(hours);
        rig.Write("3");
        rig.Clock.Now += TimeSpan.FromMinutes(6);
        await rig.PassAsync();

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
        await rig.PassAsync();
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
        await rig.PassAsync();

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
        await rig.PassAsync();

        Assert.Equal(["1", "2"], rig.DeliveredTargets.Order());
        Assert.Equal(2, rig.Told.Lines.Count(line => line.Text.Contains("are broken and left out", StringComparison.Ordinal)));
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
        await rig.PassAsync();
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
                await rig.PassAsync();
            }
            catch (IOException)
            {
                // In the middle of something: as if killed there.
                rig.Restart();
            }
        }
    }
}
