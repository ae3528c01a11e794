using System.Formats.Tar;
using CloudLb.Server.Backups;

namespace CloudLb.Tests.Unit.Backups;

/// <summary>A backup comes from anywhere: what is not as it should be is refused, and nothing of it gets out of its directory.</summary>
public sealed class BackupReaderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-backup-");

    private string Target => Path.Combine(_directory.FullName, "in", "new");

    [Fact]
    public void What_was_backed_up_comes_out_for_its_owner_alone()
    {
        Extract(BackupArchive.Good());

        Assert.Equal(BackupArchive.Database, File.ReadAllBytes(Path.Combine(Target, "cloudlb.db")));
        Assert.Equal(BackupArchive.Key, File.ReadAllBytes(Path.Combine(Target, "certificates.key")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Target, "certificates.key")));
    }

    [Fact]
    public void One_that_ends_too_soon_is_refused_wherever_it_ends()
    {
        var good = BackupArchive.Good();
        var lengths = Enumerable.Range(0, good.Length).Where(length => length % 101 == 0 || length % 512 is 0 or 511 or 1);

        Assert.All(lengths, length => Refused(good[..length]));
    }

    [Fact]
    public void A_bit_that_has_changed_is_noticed_wherever_it_matters()
    {
        var good = BackupArchive.Good();
        var changed = 0;
        for (var place = 0; place < good.Length; place += 37)
        {
            var damaged = good.ToArray();
            damaged[place] ^= 0x10;
            try
            {
                Extract(damaged);

                // Of what the manifest says beside the files: that was written for people.
                Assert.Equal(BackupArchive.Database, File.ReadAllBytes(Path.Combine(Target, "cloudlb.db")));
                Assert.Equal(BackupArchive.Key, File.ReadAllBytes(Path.Combine(Target, "certificates.key")));
            }
            catch (BackupException)
            {
                changed++;
            }
        }

        Assert.True(changed > good.Length / 37 * 0.9, $"{changed} of {good.Length / 37} changes were noticed.");
    }

    [Theory]
    [InlineData("../cloudlb.db")]
    [InlineData("/etc/passwd")]
    [InlineData("haproxy/cells/1/applied.json")]
    [InlineData("./cloudlb.db")]
    [InlineData("lock")]
    [InlineData("cloudlb.db-wal")]
    [InlineData("database.accept")]
    public void A_file_that_no_backup_has_is_refused_with_all_of_it(string name)
    {
        Refused(BackupArchive.Of(("cloudlb.db", BackupArchive.Database), (name, [1])));
        Refused(
            BackupArchive.Of(
                BackupArchive.ManifestOf(("cloudlb.db", BackupArchive.Database), ("certificates.key", [1])),
                ("cloudlb.db", BackupArchive.Database), (name, [1])));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.Directory)]
    public void What_is_no_plain_file_is_refused(TarEntryType type)
    {
        var odd = new UstarTarEntry(type, "cloudlb.db");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            odd.LinkName = "/etc/passwd";
        }

        Refused(BackupArchive.Tar(Manifest(("cloudlb.db", [])), odd));
    }

    [Fact]
    public void A_form_that_hides_another_name_is_refused()
    {
        var content = new MemoryStream(BackupArchive.Database);

        Refused(BackupArchive.Tar(new PaxTarEntry(TarEntryType.RegularFile, "cloudlb.db") { DataStream = content }));
        Refused(
            BackupArchive.Tar(
                Manifest(("cloudlb.db", BackupArchive.Database)),
                new GnuTarEntry(TarEntryType.RegularFile, new string('x', 200)) { DataStream = new MemoryStream([1]) }));
    }

    [Theory]
    [InlineData("certificates.key", 1025)]
    [InlineData("credentials", 65537)]
    public void A_file_longer_than_any_is_refused_before_it_is_read(string name, int length) =>
        Refused(BackupArchive.Of(("cloudlb.db", BackupArchive.Database), (name, new byte[length])));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 33)]
    public void A_length_beyond_any_is_refused_without_a_byte_of_room_for_it(long length) => Refused(
        BackupArchive.Of(
            new BackupManifest { Files = [new("cloudlb.db", length, BackupArchive.Sum([]))] }, ("cloudlb.db", BackupArchive.Database)));

    [Fact]
    public void A_file_twice_or_no_database_is_refused()
    {
        Refused(BackupArchive.Of(("cloudlb.db", BackupArchive.Database), ("cloudlb.db", BackupArchive.Database)));
        Refused(BackupArchive.Of(("certificates.key", BackupArchive.Key)));
        Refused(BackupArchive.Of(new BackupManifest()));
    }

    [Fact]
    public void A_file_that_the_manifest_does_not_know_is_refused_at_the_end_too()
    {
        Refused([.. BackupArchive.Good(), 1]);
        Refused(
            BackupArchive.Of(
                BackupArchive.ManifestOf(("cloudlb.db", BackupArchive.Database)),
                ("cloudlb.db", BackupArchive.Database), ("certificates.key", BackupArchive.Key)));
    }

    [Theory]
    [InlineData("""{ "format": "cloudlb-backup", "version": 1, "files": null }""")]
    [InlineData("""{ "format": "cloudlb-backup", "version": 1, "files": [null] }""")]
    [InlineData("""{ "format": "cloudlb-backup", "version": 1, "files": [{ "name": "cloudlb.db" }] }""")]
    [InlineData("""{ "format": "another", "version": 1, "files": [] }""")]
    [InlineData("null")]
    [InlineData("[1,")]
    [InlineData("")]
    public void A_manifest_that_is_none_is_refused(string json) => Refused(
        BackupArchive.Tar(
            new UstarTarEntry(TarEntryType.RegularFile, BackupManifest.Name)
            {
                DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)),
            }));

    [Fact]
    public void A_newer_form_is_named()
    {
        var refusal = Assert.Throws<BackupException>(
            () => Extract(BackupArchive.Of(new BackupManifest { Version = 2 }, ("cloudlb.db", BackupArchive.Database))));

        Assert.Contains("newer CloudLb", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        Refused([]);
        Refused(new byte[10_000]);
        Refused([.. Enumerable.Range(0, 10_000).Select(number => (byte)(number * 31))]);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static UstarTarEntry Manifest(params IReadOnlyList<(string Name, byte[] Content)> files) =>
        new(TarEntryType.RegularFile, BackupManifest.Name)
        {
            DataStream = new MemoryStream(BackupArchive.ManifestOf(files).ToJson()),
        };

    private void Refused(byte[] archive)
    {
        Assert.Throws<BackupException>(() => Extract(archive));

        // Nothing beside the directory, and nothing in it but names that backups have.
        Assert.Equal([Path.GetDirectoryName(Target)!], Directory.EnumerateFileSystemEntries(_directory.FullName));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
        Assert.All(
            Directory.EnumerateFileSystemEntries(Target),
            path => Assert.Contains(Path.GetFileName(path), BackedUpFile.All.Select(file => file.Name)));
    }

    private void Extract(byte[] archive)
    {
        if (Directory.Exists(Target))
        {
            Directory.Delete(Target, recursive: true);
        }

        Directory.CreateDirectory(Target);
        new BackupReader(new MemoryStream(archive)).Extract(Target);
    }
}
