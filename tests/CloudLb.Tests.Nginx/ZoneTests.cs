using System.Net;
using CloudLb.Core.Traffic.Health;

namespace CloudLb.Tests.Nginx;

/// <summary>Datagrams to the address of a zone go to the members of that zone, and to those of none.</summary>
public sealed class ZoneTests
{
    [Fact]
    public async Task Each_address_has_the_members_of_its_zone_and_is_open_by_itself()
    {
        await using EchoTarget ofA = new("a-1"), ofB = new("b-1"), ofAll = new("x-1");
        await using var nginx = await RunningNginx.StartAsync();
        var (inA, inB, elsewhere) = (Loopback.Next(), Loopback.Next(), Loopback.Next());
        var members = new[]
        {
            ofA.Planned() with { Zone = "zone-a" }, ofB.Planned() with { Zone = "zone-b" }, ofAll.Planned(),
        };
        var dns = Plans.LoadBalancer("dns", inA, members).With(pool => pool with { IsByZone = true, FailsOpenBelow = 1 }) with
        {
            Addresses = [inA, inB, elsewhere],
            Zones = [new("zone-a", [inA]), new("zone-b", [inB])],
        };

        await nginx.ApplyAsync(dns);
        Assert.Empty(nginx.DataPlane.Faults);
        await AreGivenAsync("a-1 x-1", "b-1 x-1", "a-1 b-1 x-1");

        nginx.Health["a-1"] = ObservedHealth.Failed;
        await AreGivenAsync("x-1", "b-1 x-1", "b-1 x-1");
        nginx.Health["x-1"] = ObservedHealth.Failed;
        await AreGivenAsync("a-1 x-1", "b-1", "b-1");
        await nginx.ApplyAsync(dns.With(members[0]));
        await AreGivenAsync("a-1", "", "a-1");

        async Task AreGivenAsync(params string[] answers)
        {
            foreach (var (address, wanted) in dns.Addresses.Zip(answers))
            {
                await Eventually.IsTrueAsync(
                    async () => await AnsweringAsync(new(address, Plans.Port), isAny: wanted.Length > 0) == wanted,
                    $"{wanted} are given what comes to {address}");
            }
        }
    }

    /// <summary>Who answers some flows; nobody is waited for once, where that is to be so.</summary>
    private static async Task<string> AnsweringAsync(IPEndPoint place, bool isAny)
    {
        var ids = new SortedSet<string>();
        for (var flow = 0; flow < (isAny ? 24 : 1); flow++)
        {
            ids.Add(await DatagramClient.AskOnceAsync(place) ?? "");
        }

        return string.Join(' ', ids);
    }
}
