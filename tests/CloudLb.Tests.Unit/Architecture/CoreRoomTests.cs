using CloudLb.Core;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms of <c>CloudLb.Core</c> are its namespaces. They know only rooms below them, whatever stands at the root is known to all, and a
/// new arrow is a decision that is written down here.
/// </summary>
public sealed class CoreRoomTests
{
    private const string Root = "CloudLb.Core";

    /// <summary>The rooms from the bottom up, and whom each may know: only rooms that stand before it.</summary>
    private static readonly (string Room, string[] Known)[] Rooms =
    [
        ("Resources", []),
        ("Accounts", ["Resources"]),
        ("Addresses", ["Resources", "Accounts"]),
        ("Certificates", ["Resources", "Accounts"]),
        ("Inventory", ["Resources", "Accounts"]),
        ("Targets", ["Resources", "Accounts", "Inventory"]),
        ("Traffic", []),
        ("Traffic.Planning", ["Resources", "Accounts", "Certificates"]),
        ("KeySets", ["Accounts", "Traffic.Planning"]),
        ("SignIns", ["Accounts"]),
        ("Traffic.Health", ["Traffic.Planning"]),
        ("Traffic.Reconciliation", ["Resources", "Traffic.Planning", "Traffic.Health"]),
        ("Traffic.Counters", ["Traffic.Planning"]),
        ("Traffic.Status", ["Traffic.Planning"]),
        ("Traffic.Told", ["Accounts", "Traffic.Planning", "Traffic.Reconciliation", "Traffic.Status"]),
        ("Traffic.Reach", ["Addresses", "Traffic.Planning", "Traffic.Health", "Traffic.Told"]),
        ("Traffic.Templates", ["Resources", "Accounts"]),
        ("AccessLogs", ["Traffic.Planning"]),
        ("Buckets", ["Accounts"]),
        ("Leases", ["Resources", "Accounts", "Traffic.Counters"]),
    ];

    [Fact]
    public void Each_room_knows_the_rooms_that_are_listed_and_no_other()
    {
        var known = typeof(ServiceException).Assembly.GetTypes()
            .SelectMany(type => TypeReferences.Of(type).Select(other => (From: RoomOf(type), To: RoomOf(other), By: type)))
            .Where(arrow => arrow is { From: not null, To: not (null or "") } && arrow.From != arrow.To)
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

    /// <summary>Null outside of Core, empty at its root.</summary>
    private static string? RoomOf(Type type)
    {
        var space = type.Namespace ?? "";
        return space == Root ? "" : space.StartsWith(Root + ".", StringComparison.Ordinal) ? space[(Root.Length + 1)..] : null;
    }
}
