using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Updating;

/// <summary>Gives maps of the running process other entries. Used under the gate.</summary>
internal sealed class RuleMapUpdate(CellContext context)
{
    // Beside the command itself.
    private const int LongestName = 300;

    public async Task ReplaceAsync(CellProcess process, RuleMap map, CancellationToken cancellationToken)
    {
        var version = MapCommands.VersionIn(await process.Session.SendAsync(MapCommands.Prepare(map), cancellationToken));
        foreach (var command in MapCommands.Add(map, version, context.Capabilities.LongestPayload - LongestName))
        {
            // One at a time: together they would not find room where HAProxy reads commands.
            Expect(map, MapCommands.IsAdded, await process.Session.SendAsync(command, cancellationToken));
        }

        var committed = await process.Session.SendAsync(MapCommands.Commit(map, version), cancellationToken);
        Expect(map, answer => answer.Length == 0, committed);
    }

    private static void Expect(RuleMap map, Func<string, bool> isDone, string answer)
    {
        if (!isDone(answer))
        {
            throw new RuntimeException($"HAProxy did not take the entries of {map.Name}: {answer.Trim()}");
        }
    }
}
