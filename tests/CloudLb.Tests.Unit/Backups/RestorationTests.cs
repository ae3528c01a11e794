using CloudLb.Server.Backups;

namespace CloudLb.Tests.Unit.Backups;

/// <summary>Whoever is killed in the middle of a restore loses nothing: the next start finishes it.</summary>
public sealed class RestorationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-restore-");

    private string Root => _directory.FullName;

    [Fact]
    public void Killed_at_any_step_it_is_finished_by_the_next_and_everything_is_there_once()
    {
        var steps = 0;
        for (var killedAt = 0; ; killedAt++)
        {
            Leave();
            var left = killedAt;
            var restoration = new Restoration(Root, () => _ = left-- == 0 ? throw new InvalidOperationException("killed") : 0);
            var isKilled = false;
            try
            {
                Take(restoration.Begin());
                restoration.Count(owner: null);
                restoration.Finish(TimeProvider.System);
            }
            catch (InvalidOperationException)
            {
                isKilled = true;
            }

            var counts = !isKilled || Restoration.IsPending(Root) || File.ReadAllText(In("cloudlb.db")) == "new database";
            new Restoration(Root).Finish(TimeProvider.System);
            Check(counts);
            if (!isKilled)
            {
                break;
            }

            steps++;
        }

        // To count, five files aside, the phase, three into place, two directories away, and where the old ones stay.
        Assert.True(steps >= 12, $"{steps} steps");
    }

    [Fact]
    public void Twice_in_a_second_neither_loses_what_was_there_before()
    {
        var kept = new List<string?>();
        for (var round = 0; round < 3; round++)
        {
            Leave();
            var restoration = new Restoration(Root);
            Take(restoration.Begin());
            restoration.Count(owner: null);
            kept.Add(restoration.Finish(TimeProvider.System));
        }

        Assert.Equal(3, kept.Distinct().Count());
        Assert.All(kept, before => Assert.Equal("old database", File.ReadAllText(Path.Combine(before!, "cloudlb.db"))));
    }

    [Fact]
    public void What_does_not_count_yet_is_forgotten()
    {
        Leave();
        Take(new Restoration(Root).Begin());

        Assert.Null(new Restoration(Root).Finish(TimeProvider.System));

        Check(isNew: false);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static void Take(string taken)
    {
        File.WriteAllText(Path.Combine(taken, "cloudlb.db"), "new database");
        File.WriteAllText(Path.Combine(taken, "certificates.key"), "new key");
        File.WriteAllText(Path.Combine(taken, "database.record"), "new record");
    }

    private string In(string name) => Path.Combine(Root, name);

    private void Leave()
    {
        foreach (var path in Directory.EnumerateFiles(Root))
        {
            File.Delete(path);
        }

        File.WriteAllText(In("cloudlb.db"), "old database");
        File.WriteAllText(In("cloudlb.db-wal"), "old log");
        File.WriteAllText(In("certificates.key"), "old key");
        File.WriteAllText(In("credentials"), "old credentials");
        File.WriteAllText(In("inventory.json"), "an inventory");
        File.WriteAllText(In("database.accept"), "");
        Directory.CreateDirectory(Path.Combine(Root, "haproxy"));
    }

    /// <summary>
    /// All that is new and none of the old beside it, or all that is old and nothing new; what the operator has put there stays.
    /// </summary>
    private void Check(bool isNew)
    {
        string[] expected = isNew
            ? ["certificates.key=new key", "cloudlb.db=new database", "database.record=new record", "inventory.json=an inventory"]
            :
            [
                "certificates.key=old key", "cloudlb.db=old database", "cloudlb.db-wal=old log", "credentials=old credentials",
                "database.accept=", "inventory.json=an inventory",
            ];
        Assert.Equal(
            expected,
            Directory.EnumerateFiles(Root).Order(StringComparer.Ordinal)
                .Select(path => $"{Path.GetFileName(path)}={File.ReadAllText(path)}"));
        Assert.False(Directory.Exists(In(Restoration.Ready)) || Directory.Exists(In(Restoration.Unfinished)));
        Assert.True(Directory.Exists(In("haproxy")));
        var before = Directory.EnumerateDirectories(Root, "before-restore-*").ToList();
        if (isNew)
        {
            Assert.Equal(
                ["certificates.key", "cloudlb.db", "cloudlb.db-wal", "credentials", "database.accept"],
                Directory.EnumerateFiles(before.Max()!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        before.ForEach(directory => Directory.Delete(directory, recursive: true));
    }
}
