using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Front;

/// <summary>The commands that turn what a process leads to into what it is to lead to.</summary>
internal static class FrontChanges
{
    /// <summary>
    /// First listeners that are new, then host names, then listeners that are gone: no name ever leads to one that is not there.
    /// </summary>
    /// <param name="before">What the process has.</param>
    /// <param name="next">What it is to have; of the same ports.</param>
    /// <param name="removed">The names of servers that it has still, in maintenance.</param>
    /// <param name="settings">Its own.</param>
    public static IReadOnlyList<string> Between(
        FrontPlan before, FrontPlan next, IReadOnlySet<string> removed, FrontSettings settings)
    {
        var had = before.Servers;
        var commands = new List<string>();
        foreach (var route in next.Routes.DistinctBy(FrontSections.NameOf))
        {
            var name = FrontSections.NameOf(route);
            if (!had.Contains(name))
            {
                commands.AddRange(removed.Contains(name) ? [$"enable server {name}"] : FrontSections.Add(route, settings));
            }
        }

        foreach (var (port, hosts) in next.Hosts)
        {
            var known = before.Hosts[port];
            var map = FrontDirectory.MapOf(port);
            commands.AddRange(hosts
                .Where(host => known.GetValueOrDefault(host.Key) != host.Value)
                .Select(host => $"{(known.ContainsKey(host.Key) ? "set" : "add")} map {map} {Name.Checked(host.Key)} {host.Value.Text}"));
            commands.AddRange(known.Keys.Where(name => !hosts.ContainsKey(name)).Select(name => $"del map {map} {Name.Checked(name)}"));
        }

        commands.AddRange(had.Except(next.Servers).Select(name => $"disable server {name}"));
        return commands;
    }

    /// <summary>Deletes what has no connection any more; refused of the others.</summary>
    public static string Delete(string server) => $"del server {server}";

    public static bool IsDeleted(string answer) => answer is MemberCommands.Deleted or MemberCommands.NoSuchServer;
}
