using CloudLb.HAProxy;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms of <c>CloudLb.HAProxy</c> are its namespaces. They call down only: none knows a room above it, and the cell is above all of
/// them.
/// </summary>
public sealed class HAProxyRoomTests
{
    private const string Settings = "Settings";

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
        ("Drift", [Settings, "Naming", "Configuration", "Runtime", "Commands", "Files", "Machine", "State", "NextProcess"]),
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

    private static readonly RoomMap Map = new(typeof(HAProxyDataPlane).Assembly, Rooms) { AtRoot = RoomAtRoot };

    [Fact]
    public void Each_room_knows_the_rooms_that_are_listed_and_no_other() => Assert.Equal([], Map.Differences());

    [Fact]
    public void No_listed_arrow_goes_up() => Assert.Equal([], Map.ArrowsUp());

    private static string RoomAtRoot(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return SettingTypes.Contains(type.Name) ? Settings : RoomMap.Top;
    }
}
