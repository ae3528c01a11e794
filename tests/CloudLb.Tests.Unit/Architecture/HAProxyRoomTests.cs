using CloudLb.HAProxy;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms of <c>CloudLb.HAProxy</c> are its namespaces. They call down only: none knows a room above it, and the cell is above all of
/// them.
/// </summary>
public sealed class HAProxyRoomTests
{
    private const string Root = "CloudLb.HAProxy", Settings = "Settings", Top = "Top";

    /// <summary>What stands beside the rooms and is known to all of them; whatever else does is above all.</summary>
    private static readonly string[] SettingTypes = ["HAProxyOptions", "HAProxyMode", "HAProxyException", "HAProxyMetrics", "HAProxyFiles"];

    /// <summary>The rooms from the bottom up, and whom each may know: only rooms that stand before it.</summary>
    private static readonly (string Room, string[] Known)[] Rooms =
    [
        ("Pinning", []),
        ("Naming", ["Pinning"]),
        (Settings, ["Naming"]),
        ("Machine", [Settings]),
        ("Templates", ["Naming", "Machine"]),
        ("Configuration", [Settings, "Pinning", "Naming", "Templates"]),
        ("Runtime", ["Naming", "Machine"]),
        ("Commands", ["Pinning", "Naming", "Configuration", "Runtime"]),
        ("Applied", ["Pinning", "Machine", "Configuration"]),
        ("Files", ["Pinning", "Naming", "Machine", "Configuration"]),
        ("AccessLog", ["Naming", "Machine", "Configuration", "Files"]),
        ("Executable", [Settings, "Configuration", "Files", "AccessLog"]),
        ("Front", [Settings, "Naming", "Machine", "Configuration", "Runtime", "Files", "Executable"]),
        ("Metrics", ["Naming", "Machine"]),
        ("Status", []),
        ("Trials", [Settings, "Naming", "Machine", "Templates", "Configuration", "Files", "Executable"]),
        ("State", [Settings, "Naming", "Templates", "Configuration", "Runtime", "Files", "Executable"]),
        ("Members", ["Pinning", "Naming", "Machine", "Configuration", "Runtime", "Commands", "Files", "Status", "State"]),
        ("Counters", [Settings, "Naming", "Runtime", "Commands", "Files", "Metrics", "Status", "State", "Members"]),
        ("OldProcesses", [Settings, "Naming", "Machine", "Runtime", "Commands", "Files", "State", "Members", "Counters"]),
        ("Updating",
        [
            Settings, "Pinning", "Naming", "Templates", "Configuration", "Runtime", "Commands", "Files", "State", "Members", "OldProcesses",
        ]),
        ("NextProcess",
        [
            Settings, "Naming", "Machine", "Templates", "Configuration", "Runtime", "Commands", "Applied", "Files", "AccessLog",
            "Executable", "Metrics", "State", "Members", "Counters", "OldProcesses", "Updating",
        ]),
        ("Drift", [Settings, "Naming", "Configuration", "Runtime", "Commands", "Files", "State", "NextProcess"]),
        ("Adopting",
        [
            Settings, "Pinning", "Naming", "Machine", "Configuration", "Runtime", "Applied", "Files", "State", "Members", "OldProcesses",
            "NextProcess", "Drift",
        ]),
        ("Cells",
        [
            Settings, "Naming", "Runtime", "Files", "Metrics", "State", "Members", "Counters", "OldProcesses", "Updating", "NextProcess",
            "Drift", "Adopting",
        ]),
    ];

    [Fact]
    public void Each_room_knows_the_rooms_that_are_listed_and_no_other()
    {
        var known = typeof(HAProxyDataPlane).Assembly.GetTypes()
            .SelectMany(type => TypeReferences.Of(type).Select(other => (From: RoomOf(type), To: RoomOf(other), By: type)))
            .Where(arrow => arrow.From is not null && arrow.To is not null && arrow.From != arrow.To && arrow.From != Top)
            .ToLookup(arrow => $"{arrow.From} -> {arrow.To}", arrow => arrow.By.FullName);
        var listed = Rooms.SelectMany(room => room.Known.Select(other => $"{room.Room} -> {other}")).ToHashSet();
        var unlisted = known.Where(arrow => !listed.Contains(arrow.Key))
            .Select(arrow => $"{arrow.Key}: {string.Join(", ", arrow.Distinct())}");
        var unused = listed.Where(arrow => !known.Contains(arrow)).Select(arrow => $"{arrow} is listed and not there");

        var differences = string.Join('\n', unlisted.Concat(unused).Order());
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public void No_listed_arrow_goes_up()
    {
        var order = Rooms.Select(room => room.Room).ToList();

        Assert.Equal([], Rooms.SelectMany(room => room.Known
            .Where(known => order.IndexOf(known) < 0 || order.IndexOf(known) >= order.IndexOf(room.Room))
            .Select(known => $"{room.Room} -> {known}")));
    }

    private static string? RoomOf(Type type)
    {
        var space = type.Namespace ?? "";
        if (space == Root)
        {
            var outer = type;
            while (outer.DeclaringType is { } declaring)
            {
                outer = declaring;
            }

            return SettingTypes.Contains(outer.Name) ? Settings : Top;
        }

        return space.StartsWith(Root + ".", StringComparison.Ordinal) ? space[(Root.Length + 1)..] : null;
    }
}
