using CloudLb.Core;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Process;

/// <summary>The directory that the data plane has to itself, below the server's data directory, with its lock.</summary>
internal sealed class HAProxyDirectory : IDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly string _runtime;
    private readonly string _headerNames;

    /// <param name="dataDirectory">The server's; the data plane keeps to a directory below it.</param>
    /// <param name="headerNames">Headers that keep their spelling besides the known ones.</param>
    public HAProxyDirectory(string dataDirectory, IEnumerable<string> headerNames)
    {
        _headerNames = HeaderSpellings.File(headerNames);
        Root = Path.Combine(Path.GetFullPath(dataDirectory), "haproxy");
        Directory.CreateDirectory(Root, PrivateFile.DirectoryMode);
        _lock = DataDirectoryLock.Take(Root);
        _runtime = SocketDirectory.For(Root);
        Directory.CreateDirectory(CellsDirectory, PrivateFile.DirectoryMode);
        WriteSharedFiles(_ => true);
        PrivateFile.Write(ProbeFile, HAProxyCapabilities.Probe, isDurable: false);
    }

    public string Root { get; }

    public string ErrorFileDirectory => Path.Combine(Root, "errors");

    /// <summary>How processes that start from now on spell headers.</summary>
    public string HeaderNamesFile => Path.Combine(Root, "header-names");

    /// <summary>What an HAProxy is asked about, to learn what it can.</summary>
    public string ProbeFile => Path.Combine(Root, "probe.cfg");

    private string CellsDirectory => Path.Combine(Root, "cells");

    public string HealthSocket => Path.Combine(_runtime, "health.sock");

    /// <summary>Makes what every process reads again where somebody has deleted it.</summary>
    public void Restore() => WriteSharedFiles(path => !File.Exists(path));

    public CellDirectory Cell(int number) => new(Root, _runtime, number);

    /// <summary>The numbers of the cells that have left something behind, in their order.</summary>
    public IEnumerable<int> Numbers() =>
        Directory.EnumerateDirectories(CellsDirectory).Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).Order();

    public void Dispose() => _lock.Dispose();

    private void WriteSharedFiles(Func<string, bool> isToBeWritten)
    {
        if (isToBeWritten(HeaderNamesFile))
        {
            PrivateFile.Write(HeaderNamesFile, _headerNames, isDurable: true);
        }

        foreach (var (name, answer) in ErrorFiles.All)
        {
            var path = Path.Combine(ErrorFileDirectory, $"{name}.http");
            if (isToBeWritten(path))
            {
                PrivateFile.Write(path, ErrorFiles.Content(answer), isDurable: true);
            }
        }
    }
}
