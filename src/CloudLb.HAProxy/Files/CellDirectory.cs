using CloudLb.Core;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>Where the files and sockets of one cell are.</summary>
internal sealed class CellDirectory
{
    private const string CertificateDirectory = "certificates";

    private readonly string _runtimeDirectory;
    private readonly string _sharedDirectory;
    private readonly string? _memory;

    /// <param name="dataDirectory">The data plane's own.</param>
    /// <param name="runtimeDirectory">Where sockets are that nobody but CloudLb uses.</param>
    /// <param name="sharedDirectory">Where sockets are that processes use, who may be another user.</param>
    /// <param name="number">The cell's.</param>
    public CellDirectory(string dataDirectory, string runtimeDirectory, string sharedDirectory, int number)
    {
        Number = number;
        Root = System.IO.Path.Combine(dataDirectory, "cells", number.ToString());
        _runtimeDirectory = runtimeDirectory;
        _sharedDirectory = sharedDirectory;
        Directory.CreateDirectory(Root, PrivateFile.DirectoryMode);
        _memory = MemoryDirectory.For(Root);
        Certificates = _memory is null ? CertificatesOnDisk : System.IO.Path.Combine(_memory, CertificateDirectory);
    }

    public int Number { get; }

    public string Root { get; }

    /// <summary>The last configuration that a process took, kept in step with what was changed at run time.</summary>
    public string Configuration => In("haproxy.cfg");

    /// <summary>What the next process is started with.</summary>
    public string NextConfiguration => In("next.cfg");

    /// <summary>The last configuration that HAProxy refused, for the operator to look at.</summary>
    public string RefusedConfiguration => In("refused.cfg");

    public string StateFile => In("state");

    /// <summary>What the listeners show their clients, with the private keys: in memory where the machine has a place for that.</summary>
    public string Certificates { get; }

    /// <summary>Where an earlier version, or one without such a place, has them.</summary>
    public string CertificatesOnDisk => In(CertificateDirectory);

    /// <summary>The certificates of instances that must show an accepted key.</summary>
    public string Pins => In(PinLines.Directory);

    /// <summary>The public keys of tokens.</summary>
    public string Keys => In(KeyLines.Directory);

    /// <summary>The maps by which rules are found.</summary>
    public string Rules => In(RuleMap.Directory);

    /// <summary>What the pools of actions with several are given.</summary>
    public string Weights => In(WeightLines.Directory);

    /// <summary>The lists of listeners' further certificates.</summary>
    public string NamedCertificates => In(TlsSettings.ListDirectory);

    /// <summary>Whose certificates listeners take from clients.</summary>
    public string ClientTrust => In(ClientAuthenticationWords.Directory);

    /// <summary>What processes have logged and nobody has read yet; made by the first process that logs.</summary>
    public string AccessLogs => In("access");

    public string ProcessIdFile => In("pid");

    /// <summary>Which process runs, and the plan that it serves.</summary>
    public string Applied => In("applied.json");

    /// <summary>Members that have not passed a check yet.</summary>
    public string Unproven => In("unproven");

    /// <summary>The totals of the load balancers, and what the processes said when they were last asked.</summary>
    public string Traffic => In("traffic.json");

    /// <summary>Each process of a cell has a socket of its own, since the one before is still asked while the next starts.</summary>
    public string CommandSocket(long generation) => System.IO.Path.Combine(_runtimeDirectory, $"{Number}.{generation}.sock");

    /// <summary>Where a process takes the requests that those before it pass on to it.</summary>
    public string PassOnSocket(long generation) => System.IO.Path.Combine(_sharedDirectory, $"{Number}.{generation}.next");

    /// <summary>A link to that of the process that serves.</summary>
    public string NextSocket => System.IO.Path.Combine(_sharedDirectory, $"{Number}.next");

    /// <summary>The same, and where processes that have stayed CloudLb's own user look for it.</summary>
    public IEnumerable<string> NextSockets =>
        new[] { _sharedDirectory, _runtimeDirectory }.Distinct().Select(directory => System.IO.Path.Combine(directory, $"{Number}.next"));

    /// <summary>Listeners that were closed while a process ran; empty for one that starts.</summary>
    public string ClosedList => In(PassOnSections.ClosedList);

    /// <summary>Where requests that are passed on go.</summary>
    public string ListenerMap => In(PassOnSections.ListenerMap);

    /// <summary>Removes what processes left that are gone, or that take no more conversations.</summary>
    /// <param name="except">The generation of the process that runs; null when none does.</param>
    public void DeleteSockets(long? except = null)
    {
        foreach (var path in Directory.GetFiles(_runtimeDirectory, $"{Number}.*.sock").Concat(
            Directory.GetFiles(_sharedDirectory, $"{Number}.*.next"))
            .Where(path => except is not { } generation || (path != CommandSocket(generation) && path != PassOnSocket(generation))))
        {
            File.Delete(path);
        }
    }

    /// <summary>What was refused, for the operator to look at, if it can be kept.</summary>
    public void KeepRefused()
    {
        try
        {
            File.Move(NextConfiguration, RefusedConfiguration, overwrite: true);
        }
        catch (IOException)
        {
            // What HAProxy says counts, and is told.
        }
    }

    /// <summary>Gives up the place in memory, unless a full disk has files in it.</summary>
    public void LeaveMemory()
    {
        if (_memory is not null && Directory.Exists(_memory) && !Directory.EnumerateFileSystemEntries(_memory).Any())
        {
            Directory.Delete(_memory);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Root, name);
}
