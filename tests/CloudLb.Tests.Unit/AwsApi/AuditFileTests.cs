using System.Net;
using System.Text;
using CloudLb.AwsApi.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>The files of the audit, and the queue before them.</summary>
public sealed class AuditFileTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_full_file_is_numbered_and_the_oldest_goes()
    {
        using var file = new AuditFile(_directory, "audit.log", 10, 3);
        foreach (var line in "abcdefghi")
        {
            file.Append(Encoding.ASCII.GetBytes($"{line}{line}{line}\n"));
        }

        Assert.Equal(["iii\n", "ggg\nhhh\n", "eee\nfff\n"], new[] { "audit.log", "audit.log.1", "audit.log.2" }.Select(Read));
        Assert.Equal(3, Directory.GetFiles(_directory).Length);
    }

    [Fact]
    public void Of_one_file_alone_only_the_newest_lines_are_kept()
    {
        using var file = new AuditFile(_directory, "audit.log", 10, 1);
        file.Append("first..\n"u8);
        file.Append("second.\n"u8);

        Assert.Equal("second.\n", Read("audit.log"));
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_file_that_is_there_is_gone_on_with_even_after_half_a_line()
    {
        using (var file = new AuditFile(_directory, "audit.log", 1000, 3))
        {
            file.Append("first\nhal"u8);
        }

        using (var file = new AuditFile(_directory, "audit.log", 1000, 3))
        {
            file.Append("second\n"u8);
        }

        Assert.Equal("first\nhal\nsecond\n", Read("audit.log"));
    }

    [Fact]
    public void A_file_that_was_taken_away_is_made_again()
    {
        using var file = new AuditFile(_directory, "audit.log", 1000, 3);
        file.Append("first\n"u8);
        File.Delete(Path.Combine(_directory, "audit.log"));
        file.Append("second\n"u8);

        Assert.Equal("second\n", Read("audit.log"));
    }

    [Fact]
    public async Task A_stop_writes_what_still_waits()
    {
        var log = new AuditLog();
        using var refusals = new RefusedCalls(TimeProvider.System, NullLogger<RefusedCalls>.Instance, log);
        var files = new AuditFiles(_directory, new AuditOptions());
        using var writer = new AuditWriter(log, files, refusals, TimeProvider.System, NullLogger<AuditWriter>.Instance);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 1000; i++)
        {
            log.Add(Call(""));
        }

        await writer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1000, File.ReadLines(Path.Combine(_directory, "audit.log")).Count());
    }

    [Fact]
    public void What_nobody_writes_is_lost_before_it_fills_the_memory()
    {
        Directory.CreateDirectory(_directory);
        var log = new AuditLog();
        var megabyte = new string('x', 512 * 1024);
        for (var i = 0; i < 100; i++)
        {
            log.Add(Call(megabyte));
        }

        Assert.InRange(log.TakeLost(), 30, 40);
        Assert.Equal(0, log.TakeLost());
    }

    private static CallRecord Call(string text)
    {
        var call = new CallRecord { Time = DemoServer.Noon, RequestId = "r", UserAgent = null, SourceAddress = IPAddress.Loopback };
        call.Keep([new("Text", text)]);
        return call;
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory, name));
}
