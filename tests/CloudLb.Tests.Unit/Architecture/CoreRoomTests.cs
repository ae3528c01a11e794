using CloudLb.Core;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms of <c>CloudLb.Core</c> are its namespaces. They know only rooms below them, whatever stands at the root is known to all, and a
/// new arrow is a decision that is written down here.
/// </summary>
public sealed class CoreRoomTests
{
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

    private static readonly RoomMap Map = new(typeof(ServiceException).Assembly, Rooms);

    [Fact]
    public void Each_room_knows_the_rooms_that_are_listed_and_no_other() => Assert.Equal([], Map.Differences());

    [Fact]
    public void No_listed_arrow_goes_up() => Assert.Equal([], Map.ArrowsUp());
}
