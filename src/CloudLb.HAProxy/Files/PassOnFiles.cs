using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// What the processes of a cell pass requests on by, when one of them has been followed by another: see <see cref="PassOnSections"/>.
/// </summary>
internal sealed class PassOnFiles(CellDirectory directory)
{
    private const string ClosedText = "# Listeners that were closed since the process began: they are added at run time.\n";

    private readonly WrittenFiles _files = new();
    private string _map = "";

    /// <summary>Writes what is not there yet, or not any more.</summary>
    public void Write(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        var map = "# Listeners and the pools that they send to.\n"
            + string.Concat(loadBalancers.SelectMany(PassOnSections.MapOf).Select(line => line + "\n"));
        if (map != _map || _files.IsChanged(directory.ListenerMap))
        {
            Write(directory.ListenerMap, map);
            _map = map;
        }

        if (!File.Exists(directory.ClosedList) || _files.IsChanged(directory.ClosedList))
        {
            Write(directory.ClosedList, ClosedText);
        }
    }

    /// <summary>From now on this process is given what the others pass on. Nobody finds the link missing.</summary>
    public void PointTo(long generation)
    {
        var target = directory.PassOnSocket(generation);
        foreach (var link in directory.NextSockets.Where(link => new FileInfo(link).LinkTarget != target))
        {
            var temporary = link + ".tmp";
            File.Delete(temporary);
            File.CreateSymbolicLink(temporary, target);
            File.Move(temporary, link, overwrite: true);
        }
    }

    /// <summary>The first file that somebody has changed; null when none.</summary>
    public string? FirstChanged() => _files.FirstChanged();

    private void Write(string path, string text)
    {
        PrivateFile.Write(path, text, isDurable: false);
        _files.Note(path);
    }
}
