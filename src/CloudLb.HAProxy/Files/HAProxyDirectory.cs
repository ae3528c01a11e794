using CloudLb.Core;
using CloudLb.Core.SignIns;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Files;

/// <summary>The directory that the data plane has to itself, below the server's data directory, with its lock.</summary>
internal sealed class HAProxyDirectory : ISignInSocket, IDisposable
{
    private readonly HashSet<PlannedAnswers> _answers = [];
    private readonly DataDirectoryLock _lock;
    private readonly string _runtime;
    private readonly string _headerNames;
    private readonly string _shared;

    /// <param name="dataDirectory">The server's; the data plane keeps to a directory below it.</param>
    /// <param name="headerNames">Headers that keep their spelling besides the known ones.</param>
    /// <param name="user">Whom the processes become; null when they stay who CloudLb is.</param>
    public HAProxyDirectory(string dataDirectory, IEnumerable<string> headerNames, HAProxyUser? user = null)
    {
        User = user;
        _headerNames = HeaderSpellings.File(headerNames);
        Root = RootIn(dataDirectory);
        Directory.CreateDirectory(Root, PrivateFile.DirectoryMode);
        _lock = DataDirectoryLock.Take(Root);
        _runtime = SocketDirectory.For(Root);
        _shared = user is null ? _runtime : OutsideFor(Root, user);
        HealthSocket = Path.Combine(_shared, "health.sock");
        Directory.CreateDirectory(CellsDirectory, PrivateFile.DirectoryMode);
        WriteSharedFiles();
        Keep(ProbeFile, HAProxyCapabilities.Probe);
    }

    public string Root { get; }

    public string ErrorFileDirectory => Path.Combine(Root, "errors");

    /// <summary>What HAProxy runs where its rules do not see enough.</summary>
    public string ScriptFile => Path.Combine(Root, "answers.lua");

    /// <summary>What has HAProxy let go of what scripts could look at.</summary>
    public string TablesFile => Path.Combine(Root, "tables.lua");

    /// <summary>How processes that start from now on spell headers.</summary>
    public string HeaderNamesFile => Path.Combine(Root, "header-names");

    /// <summary>What an HAProxy is asked about, to learn what it can.</summary>
    public string ProbeFile => Path.Combine(Root, "probe.cfg");

    /// <summary>The operator's templates that were accepted.</summary>
    public string Templates => Path.Combine(Root, "templates");

    /// <summary>Where an HAProxy is made to look at templates that are not in force.</summary>
    public string Trial => Path.Combine(Root, "trial");

    /// <summary>By which listeners take what comes to a shared address.</summary>
    public FrontSockets FrontSockets => new(_shared, User?.Id);

    public FrontDirectory Front => new(Root, _runtime);

    private string CellsDirectory => Path.Combine(Root, "cells");

    public HAProxyUser? User { get; }

    /// <summary>
    /// Where the processes tell of checks. Beside the data directory where they are another user, who may not enter that.
    /// </summary>
    public string HealthSocket { get; }

    /// <summary>Where CloudLb's server signs clients in; beside the health socket for the same reason.</summary>
    public string SignInSocket => Path.Combine(_shared, "sign-in.sock");

    /// <summary>What the health socket needs when it has been made.</summary>
    public void AdmitToHealthSocket() => Admit(HealthSocket);

    /// <summary>What a socket needs that processes write to.</summary>
    public void Admit(string socket)
    {
        if (User is null)
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        else
        {
            User.AdmitToSocket(socket);
        }
    }

    string ISignInSocket.Path => SignInSocket;

    void ISignInSocket.Admit() => Admit(SignInSocket);

    /// <summary>Makes what every process reads again where somebody has deleted it.</summary>
    public void Restore() => WriteSharedFiles();

    public CellDirectory Cell(int number) => new(Root, _runtime, _shared, number);

    /// <summary>The numbers of the cells that have left something behind, in their order.</summary>
    public IEnumerable<int> Numbers() =>
        Directory.EnumerateDirectories(CellsDirectory)
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!))
            .Order();

    public void Dispose() => _lock.Dispose();

    /// <summary>The data plane's own directory.</summary>
    public static string RootIn(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), "haproxy");

    /// <summary>
    /// The directories outside that one of this root may have made: for sockets, for keys, and for what a full disk has no room for.
    /// </summary>
    public static IEnumerable<string> Elsewhere(string root)
    {
        IEnumerable<string> below = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Prepend(root)
            : [];
        var inMemory = MemoryDirectory.Root is { } memory ? below.Select(path => PrivateDirectory.NameIn(memory, path)) : [];
        return [.. inMemory, OutsideOf(root), PrivateDirectory.NameIn(Path.GetTempPath(), root)];
    }

    private static string OutsideOf(string root) =>
        PrivateDirectory.NameIn(MemoryDirectory.Root ?? Path.GetTempPath(), Path.Combine(root, "shared"));

    /// <summary>A directory of ours that another user may reach, whose name follows from ours.</summary>
    private static string OutsideFor(string directory, HAProxyUser user)
    {
        var path = OutsideOf(directory);
        if (PrivateDirectory.Make(path, UnixFileMode.GroupExecute) is null)
        {
            throw new IOException(
                $"{path} is needed for sockets that HAProxy can reach, and belongs to someone else or is open to others; remove it.");
        }

        user.AdmitToDirectory(path);
        return path;
    }

    private void WriteSharedFiles()
    {
        Keep(HeaderNamesFile, _headerNames);
        Keep(ScriptFile, ScriptText.All);
        Keep(TablesFile, ScriptTables.Script);
        lock (_answers)
        {
            foreach (var answers in _answers)
            {
                WriteAnswers(answers);
            }
        }
    }

    /// <summary>Has a file for each answer that load balancers of this style give by themselves. Safe to call from any thread.</summary>
    public void KeepAnswers(PlannedAnswers answers)
    {
        lock (_answers)
        {
            if (_answers.Add(answers))
            {
                WriteAnswers(answers);
            }
        }
    }

    private void WriteAnswers(PlannedAnswers answers)
    {
        foreach (var (answer, file) in ErrorFiles.Of(answers))
        {
            Keep(Path.Combine(ErrorFileDirectory, file), ErrorFiles.Content(answer, answers.Server));
        }
    }

    /// <summary>Writes a file unless it is as it should be.</summary>
    private static void Keep(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            PrivateFile.Write(path, text, isDurable: true);
        }
    }
}
