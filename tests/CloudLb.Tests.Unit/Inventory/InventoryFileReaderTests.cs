using System.Net;
using CloudLb.Core.Inventory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Tests.Unit.Inventory;

public sealed class InventoryFileReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cloudlb-").FullName;
    private readonly InventoryFileReader _reader;

    public InventoryFileReaderTests() =>
        _reader = new(Path.Combine(_directory, "inventory.json"), NullLogger<InventoryFileReader>.Instance);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_lists_nothing_until_it_comes_and_after_it_went()
    {
        _reader.ReadAtStart();
        Assert.False(_reader.ReadIfChanged());
        Assert.Empty(_reader.Instances);

        Write("""{ "i-1": "10.0.0.1" }""");
        Assert.True(_reader.ReadIfChanged());
        Assert.Equal(["i-1"], _reader.Instances.Keys);

        File.Delete(_reader.Path);
        Assert.True(_reader.ReadIfChanged());
        Assert.Empty(_reader.Instances);
    }

    [Fact]
    public void A_file_that_did_not_change_is_not_read_again()
    {
        Write("""{ "i-1": "10.0.0.1" }""");
        _reader.ReadAtStart();
        var known = _reader.Instances;

        Assert.False(_reader.ReadIfChanged());
        Assert.Same(known, _reader.Instances);
    }

    [Fact]
    public void Another_time_or_another_length_makes_it_read_again()
    {
        Write("""{ "i-1": "10.0.0.1" }""");
        _reader.ReadAtStart();
        var written = File.GetLastWriteTimeUtc(_reader.Path);

        Write("""{ "i-1": "10.0.0.2" }""");
        File.SetLastWriteTimeUtc(_reader.Path, written.AddSeconds(1));
        Assert.True(_reader.ReadIfChanged());
        Assert.Equal(IPAddress.Parse("10.0.0.2"), _reader.Instances["i-1"].Address);

        Write("""{ "i-1": "10.0.0.30" }""");
        File.SetLastWriteTimeUtc(_reader.Path, written.AddSeconds(1));
        Assert.True(_reader.ReadIfChanged());
        Assert.Equal(IPAddress.Parse("10.0.0.30"), _reader.Instances["i-1"].Address);
    }

    [Fact]
    public void A_broken_file_leaves_in_force_what_was_known_until_it_is_mended()
    {
        Write("""{ "i-1": "10.0.0.1" }""");
        _reader.ReadAtStart();

        Write("""{ "i-1": "10.0.0.1", """);
        Assert.False(_reader.ReadIfChanged());
        Assert.Equal(["i-1"], _reader.Instances.Keys);

        Write("""{ "i-1": "10.0.0.1", "i-2": "10.0.0.2" }""");
        Assert.True(_reader.ReadIfChanged());
        Assert.Equal(["i-1", "i-2"], _reader.Instances.Keys.Order());
    }

    [Fact]
    public void A_file_that_could_not_be_opened_is_read_once_it_can_be_though_nobody_wrote_to_it()
    {
        _reader.ReadAtStart();
        Write("""{ "i-1": "10.0.0.1" }""");
        using (File.Open(_reader.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(_reader.ReadIfChanged());
            Assert.Empty(_reader.Instances);
        }

        Assert.True(_reader.ReadIfChanged());
        Assert.Equal(["i-1"], _reader.Instances.Keys);
    }

    [Fact]
    public void At_start_a_broken_file_is_an_error()
    {
        Write("{");

        Assert.StartsWith($"{_reader.Path} is not valid JSON", Assert.Throws<InventoryFileException>(_reader.ReadAtStart).Message);
    }

    private void Write(string json) => File.WriteAllText(_reader.Path, json);
}
