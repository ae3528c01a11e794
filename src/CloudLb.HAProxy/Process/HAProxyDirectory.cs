using CloudLb.Core;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Process;

/// <summary>The directory that the data plane has to itself, below the server's data directory, with its lock.</summary>
internal sealed class HAProxyDirectory : IDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly string _runtime;

    public HAProxyDirectory(string dataDirectory)
    {
        Root = Path.Combine(Path.GetFullPath(dataDirectory), "haproxy");
        Directory.CreateDirectory(Root, PrivateFile.DirectoryMode);
        _lock = DataDirectoryLock.Take(Root);
        _runtime = SocketDirectory.For(Root);
        Directory.CreateDirectory(CellsDirectory, PrivateFile.DirectoryMode);
        WriteErrorFiles(_ => true);
        PrivateFile.Write(ProbeFile, HAProxyCapabilities.Probe, isDurable: false);
    }

    public string Root { get; }

    public string ErrorFileDirectory => Path.Combine(Root, "errors");

    /// <summary>What an HAProxy is asked about, to learn what it can.</summary>
    public string ProbeFile => Path.Combine(Root, "probe.cfg");

    private string CellsDirectory => Path.Combine(Root, "cells");

    public string HealthSocket => Path.Combine(_runtime, "health.sock");

    /// <summary>Makes what every process reads again where somebody has deleted it.</summary>
    public void Restore() => WriteErrorFiles(path => !File.Exists(path));

    public CellDirectory Cell(int number) => new(Root, _runtime, number);

    /// <summary>The numbers of the cells that have left something behind, in their order.</summary>
    public IEnumerable<int> Numbers() =>
        Directory.EnumerateDirectories(CellsDirectory).Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).Order();

    public void Dispose() => _lock.Dispose();

    private void WriteErrorFiles(Func<string, bool> isToBeWritten)
    {
        foreach (var (status, reason) in ErrorFiles.All)
        {
            var path = Path.Combine(ErrorFileDirectory, $"{status}.http");
            if (isToBeWritten(path))
            {
                PrivateFile.Write(path, ErrorFiles.Content(status, reason), isDurable: true);
            }
        }
    }
}
