using CloudLb.Core;
using CloudLb.Tests.Clients.Faults;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// That HAProxy runs the listeners that there are and no others, with the instances that there are, and that its files have the lines that
/// plans lead to.
/// </summary>
internal static class FuzzStructure
{
    private static readonly HashSet<string> Known = Lines(Directory.EnumerateFiles(
        Path.Combine(SourceFolder.Path, "..", "CloudLb.Tests.HAProxy", "Scenarios"), "haproxy.cfg", SearchOption.AllDirectories));

    /// <summary>
    /// What stands in the files now: of the user who started the server, and of the HAProxy that it runs, there are lines that no scenario
    /// has.
    /// </summary>
    public static IReadOnlySet<string> LinesOf(CloudLbProcess server) =>
        Lines(Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "haproxy", "cells"), "haproxy.cfg", SearchOption.AllDirectories));

    /// <param name="before">The lines of a load balancer that works.</param>
    public static async Task IsAsPlannedAsync(CloudLbProcess server, IReadOnlySet<string> before, CancellationToken cancellationToken)
    {
        await Wait.ForAsync(
            async () => (Told: await ToldAsync(server, cancellationToken), Run: await RunningHAProxy.ReadAsync(server, cancellationToken)),
            seen => seen.Told.Listeners.SetEquals(seen.Run.Listeners) && seen.Told.Members.IsSupersetOf(seen.Run.Members),
            cancellationToken);
        Assert.Empty(LinesOf(server).Except(Known).Except(before));
    }

    private static async Task<(HashSet<string> Listeners, HashSet<string> Members)> ToldAsync(
        CloudLbProcess server, CancellationToken cancellationToken)
    {
        using var control = new Cli.Control.ControlClient(Path.Combine(SocketDirectory.For(server.DataDirectory), "control.sock"));
        var (listeners, members) = (new HashSet<string>(), new HashSet<string>());
        foreach (var status in (await control.GetLoadBalancersAsync(cancellationToken)).Where(status => status.Fault is null))
        {
            var name = $"{status.Account}:{status.Region}:{status.Name}";
            listeners.UnionWith(
                status.Listeners.Where(listener => listener.Fault is null).Select(listener => $"{name}:{listener.LoadBalancerPort}"));
            members.UnionWith(status.Instances.Select(instance => $"{name}/{instance.InstanceId}"));
        }

        return (listeners, members);
    }

    /// <summary>Each line's first word, after the kind of its section.</summary>
    private static HashSet<string> Lines(IEnumerable<string> files)
    {
        var lines = new HashSet<string>();
        foreach (var file in files)
        {
            var section = "";
            foreach (var line in File.ReadLines(file).Where(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#')))
            {
                var word = line.Trim().Split(' ')[0];
                section = line[0] == ' ' ? section : word;
                lines.Add($"{section} {word}");
            }
        }

        return lines;
    }
}
