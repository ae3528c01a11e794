using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A small file system in memory that can be filled to the last byte. Mounting one needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    private string Filler => Path.Combine(_path, "filler");

    public static async Task<SmallDisk> MountOrSkipAsync(int mebibytes, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may mount a file system");
        var path = System.IO.Directory.CreateTempSubdirectory("clb-disk-").FullName;
        var mounted = await ChildProcess.RunAsync(
            "mount", ["-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", path], [], cancellationToken);
        if (mounted.ExitCode != 0)
        {
            System.IO.Directory.Delete(path);
            Assert.Skip($"no file system can be mounted here: {mounted.Error.Trim()}");
        }

        return new(path);
    }

    public string Directory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    /// <summary>Takes all the room there is, to the last byte.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var offset = 0L;
        for (var size = 1 << 16; size > 0; size /= 2)
        {
            var block = new byte[size];
            try
            {
                while (true)
                {
                    RandomAccess.Write(file, block, offset);
                    offset += size;
                }
            }
            catch (IOException)
            {
                // So much does not fit any more; perhaps half of it.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("umount", ["-l", _path], [], CancellationToken.None);
        System.IO.Directory.Delete(_path, recursive: true);
    }
}
