using CloudLb.Elb;
using CloudLb.ElbV2;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms that the APIs of load balancers have in common. They know only rooms below them: records and rules know no wire, and what is
/// told of health and figures is told from the domain. What stands at the root is known to all, and the API itself is above all.
/// </summary>
public sealed class ApiRoomTests
{
    /// <summary>The rooms from the bottom up; those of version 2 that the Classic API does not need are left out of its own map.</summary>
    private static readonly (string Room, string[] Known)[] V2 =
    [
        ("Contracts", []),
        ("Domain", ["Contracts"]),
        ("Mapping", ["Contracts", "Domain"]),
        ("Planning", ["Domain"]),
        ("Health", ["Domain", "Planning"]),
        ("Metrics", ["Domain", "Planning", "Health"]),
        ("Status", ["Domain", "Planning", "Health"]),
        ("TrustLinks", ["Domain"]),
        ("Operations", ["Contracts", "Domain", "Mapping", "Planning", "Health", "TrustLinks"]),
    ];

    private static readonly (string Room, string[] Known)[] Classic =
    [
        ("Contracts", []),
        ("Domain", ["Contracts"]),
        ("Mapping", ["Contracts", "Domain"]),
        ("Planning", ["Domain"]),
        ("Health", ["Domain"]),
        ("Metrics", ["Domain", "Health"]),
        ("Status", ["Domain", "Health"]),
        ("Operations", ["Contracts", "Domain", "Mapping", "Health"]),
    ];

    private static readonly RoomMap[] Maps =
    [
        new(typeof(ElasticLoadBalancing).Assembly, Classic) { AtRoot = RoomAtRoot, IsOuterOnly = true },
        new(typeof(ElasticLoadBalancingV2).Assembly, V2) { AtRoot = RoomAtRoot, IsOuterOnly = true },
    ];

    [Fact]
    public void Each_room_knows_the_rooms_that_are_listed_and_no_other() => Assert.All(Maps, map => Assert.Equal([], map.Differences()));

    [Fact]
    public void No_listed_arrow_goes_up() => Assert.All(Maps, map => Assert.Equal([], map.ArrowsUp()));

    private static string? RoomAtRoot(Type type) => type.Name.StartsWith(nameof(ElasticLoadBalancing), StringComparison.Ordinal) ||
        type.DeclaringType is { } outer && RoomAtRoot(outer) is not null ? RoomMap.Top : null;
}
