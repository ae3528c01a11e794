using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Commands;

/// <summary>
/// The commands that change members at run time, in the order that lets no request reach a member unseen. Tried with 2.6.12 to 3.4.
/// </summary>
internal static class MemberCommands
{
    public const string Deleted = "Server deleted.";
    public const string NoSuchServer = "No such server.";
    private const string Registered = "New server registered.";
    private const string AlreadyDisabled = "All sockets are already disabled.";

    /// <summary>No new connections, and no request any more on those that there are; what has begun goes on.</summary>
    public static IEnumerable<string> CloseListener(string frontend) =>
        [$"disable frontend {frontend}", $"add map {PassOnSections.ClosedList} {Name.Checked(frontend)} {PassOnSections.Closed}"];

    /// <remarks>A server added at run time has no dynamic cookie before the backend is told to make them once more (2.6 to 2.9).</remarks>
    public static IEnumerable<string> Add(
        MemberName name, PlannedMember member, PlannedPool pool, HAProxyCapabilities capabilities, string more = "")
    {
        var add = ServerLine.AddCommand(name, member, pool, capabilities, more);
        IEnumerable<string> commands = !pool.IsChecked ? [add, EnableServer(name)]
            : capabilities.HasInitialState ? [add, .. Enable(name)] : [add, .. Join(name, member)];
        return pool.Stickiness is null || capabilities.GivesCookiesAtOnce
            ? commands
            : commands.Append($"enable dynamic-cookie backend {name.Pool}");
    }

    /// <summary>Brings a server back that was draining; what it still has goes on.</summary>
    public static IEnumerable<string> Return(MemberName name, PlannedMember member, PlannedPool pool, HAProxyCapabilities capabilities) =>
        !pool.IsChecked ? [EnableServer(name), Reweight(name, member.Weight)]
        : ServerLine.IsReachedByCookie(pool, capabilities) ? Join(name, member) : [$"set server {name} weight 0", .. Join(name, member)];

    /// <summary>
    /// Brings a server in that is in maintenance: it counts as down until it is checked. <c>enable server</c> resets its health to up, so
    /// down comes after that, and weight 0 covers the time between. The weight is absolute, as a percentage of 0 stays 0.
    /// </summary>
    private static IEnumerable<string> Join(MemberName name, PlannedMember member) =>
        [.. Enable(name), $"set server {name} health down", $"set server {name} weight {member.Weight}"];

    private static IEnumerable<string> Enable(MemberName name) => [$"enable health {name}", EnableServer(name)];

    private static string EnableServer(MemberName name) => $"enable server {name}";

    /// <summary>No new requests, not even those whose cookie names it, as state drain would still let through.</summary>
    public static string Remove(MemberName name) => $"disable server {name}";

    public static string Cut(MemberName name) => $"shutdown sessions server {name}";

    /// <summary>Refused while the server has connections.</summary>
    public static string Delete(MemberName name) => $"del server {name}";

    /// <summary>
    /// Closes the idle connections that a server is kept alive by. Maintenance closes those that are there when it begins; one that comes
    /// back to the pool later stays, and neither <c>del server</c> nor <c>shutdown sessions server</c> touches it (seen with 2.6.12). A
    /// change of port does, and the second change undoes it; a server in maintenance connects to neither.
    /// </summary>
    public static IReadOnlyList<string> CloseIdle(MemberName name, ServerConnections connections)
    {
        var (address, port) = (connections.Address, connections.Port);
        return [$"set server {name} addr {address} port {(port == 1 ? 2 : 1)}", $"set server {name} addr {address} port {port}"];
    }

    public static string Reweight(MemberName name, int weight) => $"set server {name} weight {weight}";

    /// <summary>What its checks say of it, where the process has not seen enough of them.</summary>
    public static string Decide(MemberName name, bool isUp) => $"set server {name} health {(isUp ? "up" : "down")}";

    /// <summary>Has a process carry out commands that are not known to be refused: throws when one is.</summary>
    public static async Task SendAsync(CommandSession session, IReadOnlyList<string> commands, CancellationToken cancellationToken) =>
        Expect(commands, await session.SendAsync(commands, cancellationToken));

    /// <summary>Throws when an answer is none of those that mean "done".</summary>
    private static void Expect(IReadOnlyList<string> commands, IReadOnlyList<string> answers)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            if (answers[i] is not ("" or Registered or Deleted or AlreadyDisabled))
            {
                throw new RuntimeException($"HAProxy answered \"{commands[i]}\" with \"{answers[i]}\"");
            }
        }
    }
}
