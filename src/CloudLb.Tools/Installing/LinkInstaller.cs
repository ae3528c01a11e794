using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Installing;

/// <summary>Makes a link to this executable for each command.</summary>
internal static class LinkInstaller
{
    public static IEnumerable<string> Names { get; } =
    [
        Dispatcher.Dispatching,
        .. CommandTable.Of(Family.Java).Select(command => command.NameIn(Family.Java)),
        .. CommandTable.Of(Family.Euca).Select(command => command.NameIn(Family.Euca)),
    ];

    /// <summary>
    /// Looks at all names before it makes the first link: what is not a link to this executable stays, and then nothing is made.
    /// </summary>
    /// <exception cref="IOException">A name is taken, or the folder cannot be written.</exception>
    public static void Install(string folder)
    {
        var executable = Environment.ProcessPath!;
        Directory.CreateDirectory(folder);
        var missing = Names.Select(name => Path.Combine(folder, name)).Where(path => !IsOwn(path, executable)).ToList();
        if (missing.FirstOrDefault(IsTaken) is { } taken)
        {
            throw new IOException($"{taken} is there already and is no link to {executable}; nothing was made.");
        }

        foreach (var path in missing)
        {
            File.CreateSymbolicLink(path, executable);
        }
    }

    /// <summary>A link that leads to this executable, and so need not be made.</summary>
    private static bool IsOwn(string path, string executable) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true)?.FullName == executable;

    /// <summary>A link that leads nowhere counts too.</summary>
    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
