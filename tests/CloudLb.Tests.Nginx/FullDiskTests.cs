using System.Diagnostics;
using CloudLb.Core;
using CloudLb.Nginx.Machine;

namespace CloudLb.Tests.Nginx;

/// <summary>A disk without a byte left, below a process that has to be started. Mounting one needs root.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_died_is_started_again_and_its_files_are_on_the_disk_again_when_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && MemoryDirectory.Root is not null, "needs root and a file system in memory");
        await using var target = new EchoTarget("i-1");
        var disk = Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) == 0, "no file system can be mounted");
        try
        {
            await using var nginx = await RunningNginx.StartAsync(Directory.CreateDirectory(Path.Combine(disk, "data")).FullName);
            var dns = Plans.LoadBalancer("dns", target.Planned());
            await nginx.ApplyAsync(dns);
            Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
            Fill(Path.Combine(disk, "filler"));
            var before = nginx.Processes;
            before.ToList().ForEach(process => NginxProcesses.Signal(process, NginxProcesses.SignalKill));

            await Eventually.IsTrueAsync(
                () => nginx.Processes is { Count: 2 } now && !now.Intersect(before).Any(), "a master and a worker, both new");
            await Eventually.IsTrueAsync(() => nginx.DataPlane.Faults.Count == 0, "nothing is at fault");
            Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
            await nginx.DataPlane.CountAsync(Token);
            Assert.Contains(FilesOf(nginx), file => file.LinkTarget is not null);

            File.Delete(Path.Combine(disk, "filler"));
            await using var second = new EchoTarget("i-2");
            await nginx.ApplyAsync(
                Plans.LoadBalancer("dns", target.Planned(), second.Planned()) with { Addresses = dns.Addresses });
            Assert.DoesNotContain(FilesOf(nginx), file => file is { Name: "nginx.conf" or "served.conf", LinkTarget: not null });
            Assert.NotNull(await DatagramClient.AskOnceAsync(dns.Place()));
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
            Directory.Delete(disk);
        }
    }

    private static IEnumerable<FileInfo> FilesOf(RunningNginx nginx) =>
        new DirectoryInfo(nginx.DataDirectory).EnumerateFiles("*", SearchOption.AllDirectories);

    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var offset = 0L;
        for (var size = 1 << 12; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    RandomAccess.Write(file, new byte[size], offset);
                    offset += size;
                }
            }
            catch (IOException)
            {
                // So much does not fit any more; perhaps half of it.
            }
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
