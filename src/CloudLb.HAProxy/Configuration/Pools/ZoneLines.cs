using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Which part of a pool is given what comes to an address: <see cref="ZonePools"/>. Tried with 2.6.12.</summary>
/// <remarks>
/// Of several parts one is drawn, so that each member in service has the same share: by the client's address where a client is to stay.
/// What is counted and drawn is kept by lines that never hold, so that the conditions of exactly one of the lines after them do.
/// </remarks>
internal static class ZoneLines
{
    private const string Drawn = "txn.drawn", Wanted = "txn.wanted";

    private const int Whole = 1_000_000;

    // A line has at most 64 words.
    private const int NumbersInLine = 3;

    /// <summary>Writes the lines of one pool.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="planned">Whose pool it is.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="isRelayed">Whether some of it was sent by another process to an address that its client did not choose.</param>
    /// <param name="conditions">Of all lines; empty for none.</param>
    /// <param name="more">Those that are to be looked at once, when everything else holds; empty for none.</param>
    /// <param name="isDefault">Whether what no line sends elsewhere goes to the pool's own section anyway.</param>
    public static void Write(
        ConfigText text, PlannedLoadBalancer planned, PlannedPool pool, bool isRelayed, string conditions, string more, bool isDefault)
    {
        var own = ProxyName.OfPool(planned.Id, pool.Name);
        foreach (var (place, zone) in Places(planned, isRelayed))
        {
            var sections = ZonePools.PartsOf(planned, pool, zone).Select(part => ProxyName.OfPool(planned.Id, part)).ToList();
            var open = ProxyName.OfPool(
                planned.Id, OpenPoolName.Of(zone is null ? pool.Name : ZonePoolName.Of(pool.Name, zone.Name)));
            var numbers = Counted(sections).Concat(Compared(pool, open)).Append(Draw(pool, sections.Count));
            foreach (var some in numbers.Chunk(NumbersInLine))
            {
                text.Line("use_backend").Name(own).Constant($"if {Joined([place, conditions, .. some, "FALSE"])}");
            }

            foreach (var (choice, section) in Choices(pool, sections, open).Where(each => !isDefault || each.Section != own))
            {
                text.Line("use_backend").Name(section).Constant($"if {Joined([place, choice, conditions, more])}");
            }
        }
    }

    /// <summary>Where a connection came to, as conditions of which exactly one holds.</summary>
    private static IEnumerable<(string Place, PlannedZone? Zone)> Places(PlannedLoadBalancer planned, bool isRelayed)
    {
        const string Relayed = "{ fc_rcvd_proxy }";
        if (isRelayed)
        {
            yield return (Relayed, null);
        }

        var direct = isRelayed ? $"!{Relayed} " : "";
        foreach (var zone in planned.Zones)
        {
            yield return ($"{direct}{{ dst {string.Join(' ', zone.Addresses)} }}", zone);
        }

        yield return ($"{direct}!{{ dst {string.Join(' ', planned.Zones.SelectMany(zone => zone.Addresses))} }}", null);
    }

    /// <summary>How many are in service in the parts up to each of them.</summary>
    private static IEnumerable<string> Counted(IReadOnlyList<string> sections) => sections.Select((section, index) =>
        $"{{ nbsrv({Name.Checked(section)}){(index == 0 ? "" : $",add({UpTo(index)})")},set-var({UpTo(index + 1)}) -m found }}");

    /// <summary>How many would have to be, a hundred times.</summary>
    private static IEnumerable<string> Compared(PlannedPool pool, string open) => pool.FailsOpenBelowPercent == 0
        ? []
        : [$"{{ nbsrv({Name.Checked(open)}),mul({pool.FailsOpenBelowPercent}),set-var({Wanted}) -m found }}"];

    private static string Draw(PlannedPool pool, int parts)
    {
        var number = pool.Balance == PoolBalance.Source ? $"src,djb2(1),mod({Whole})" : $"rand({Whole})";
        return $"{{ {number},mul({UpTo(parts)}),div({Whole}),set-var({Drawn}) -m found }}";
    }

    private static IEnumerable<(string Condition, string Section)> Choices(PlannedPool pool, IReadOnlyList<string> sections, string open)
    {
        var all = $"var({UpTo(sections.Count)})";
        var enough = $"{{ {all} -m int ge {pool.FailsOpenBelow} }}";
        if (pool.FailsOpenBelow > 0)
        {
            yield return ($"{{ {all} -m int lt {pool.FailsOpenBelow} }}", open);
        }

        if (pool.FailsOpenBelowPercent > 0)
        {
            var share = $"{all},mul(100),sub({Wanted}) -m int";
            yield return ($"{enough} {{ {share} lt 0 }}", open);
            enough = $"{enough} {{ {share} ge 0 }}";
        }

        for (var part = 1; part <= sections.Count; part++)
        {
            yield return (
                Joined(
                [
                    enough,
                    part == 1 ? "" : $"{{ var({Drawn}),sub({UpTo(part - 1)}) -m int ge 0 }}",
                    part == sections.Count ? "" : $"{{ var({Drawn}),sub({UpTo(part)}) -m int lt 0 }}",
                ]),
                sections[part - 1]);
        }
    }

    private static string UpTo(int part) => $"txn.up{part}";

    private static string Joined(IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));
}
