using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Clients stay with the pool that an action gave them first, by a cookie. All of it tried with 2.6.12.</summary>
/// <remarks>
/// The value is a signed list of the last pools that the client was given by such actions, the last one first, each with the time. An
/// action takes the first of its own pools, whatever its weight is, so that actions do not take clients from each other.
/// </remarks>
internal static class PoolStickinessLines
{
    private const int MostOthers = 4;

    private const int PoolLength = 8, TimeLength = 10, EntryLength = PoolLength + TimeLength;

    private const string Attributes = "Expires=%[date(604800),http_date]; Path=/";

    /// <summary>The last condition of a line that sends requests of such an action to a pool: what the pool is told by.</summary>
    public const string Marks = "{ int(1),set-var(txn.sticks) -m int 1 }";

    /// <summary>Whether an action of the listener does so.</summary>
    public static bool IsSticky(PlannedListener listener) => Of(listener).Any();

    /// <summary>What was remembered of the client, before the lines that choose; of every such action by itself.</summary>
    /// <param name="text">Where requests are looked at.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="guard">Which requests are the listener's, as a condition; empty for all.</param>
    public static void WriteReading(ConfigText text, PlannedListener listener, string guard)
    {
        foreach (var cookie in Of(listener).Select(action => action.Action.Stickiness!).DistinctBy(each => (each.Key, each.Cookie)))
        {
            StickinessLines.CheckToken(cookie.Cookie);
            StickinessLines.CheckToken(cookie.CrossSiteCookie);
            new SignedCookie(cookie.Key, cookie.Cookie).WriteReading(text, "txn.pools", cookie.CrossSiteCookie, guard);
        }

        foreach (var (name, action) in Of(listener))
        {
            var sticky = action.Stickiness!;
            var own = string.Join('|', action.Pools.Select(pool => EntryOf(sticky, pool.Pool)));
            var (before, time) = ($"(?:.{{{EntryLength}}})*?", $".{{{TimeLength}}}");
            text.Line("http-request").Constant(
                $"""
                set-var({name}) 'var(txn.pools),regsub("^{before}((?:{own}){time}).*$","\1")'
                """).Constant($"if {guard}{{ var(txn.pools) -m reg ^{before}(?:{own}) }}");
            text.Line("http-request")
                .Constant($"set-var(txn.given) var({name}),bytes({PoolLength},{TimeLength}) if {guard}{{ var({name}) -m found }}");
            text.Line("http-request")
                .Constant($"unset-var({name}) if {guard}!{{ date,sub(txn.given) lt {sticky.PeriodSeconds} }}");
        }
    }

    /// <summary>The condition by which a request stays with the pool.</summary>
    public static string Stays(PlannedRule? rule, PlannedPoolStickiness sticky, string pool) =>
        $"{{ var({NameOf(rule)}) -m beg {EntryOf(sticky, pool)} }}";

    /// <summary>What a pool of such an action answers with.</summary>
    public static void WriteRenewal(ConfigText text, PlannedLoadBalancer planned, string pool)
    {
        const string Stuck = "if { var(txn.sticks) -m found }";
        var sticky = planned.Listeners.SelectMany(Of).Where(action => action.Action.Pools.Any(each => each.Pool == pool))
            .Select(action => action.Action.Stickiness!).FirstOrDefault();
        if (sticky is null)
        {
            return;
        }

        var entry = EntryOf(sticky, pool);
        var own = $"^((?:.{{{EntryLength}}})*?){entry}.{{{TimeLength}}}";
        text.Line("http-after-response").Constant(
            $"""
            set-var(txn.pools) 'var(txn.pools),regsub("{own}","\1"),bytes(0,{MostOthers * EntryLength})'
            """);
        text.Line("http-after-response").Constant($"set-var-fmt(txn.pools) \"{entry}%[date]%[var(txn.pools)]\" {Stuck}");
        new SignedCookie(sticky.Key, sticky.Cookie).WriteSigning(text, "txn.pools", Stuck);
        text.Line("http-after-response").Constant(
            $"add-header Set-Cookie \"{sticky.Cookie}=%[var(txn.pools)]; {Attributes}\" {Stuck}");
        text.Line("http-after-response").Constant(
            $"add-header Set-Cookie \"{sticky.CrossSiteCookie}=%[var(txn.pools)]; {Attributes}; SameSite=None; Secure\" {Stuck}");
    }

    private static IEnumerable<(string Name, PlannedAction.Forward Action)> Of(PlannedListener listener) => listener.Rules
        .Select(rule => (Name: NameOf(rule), rule.Action))
        .Append((Name: NameOf(null), Action: listener.DefaultAction))
        .Where(each => each.Action is PlannedAction.Forward { Stickiness: not null })
        .Select(each => (each.Name, (PlannedAction.Forward)each.Action));

    private static string NameOf(PlannedRule? rule) => $"txn.stays{rule?.Priority}";

    private static string EntryOf(PlannedPoolStickiness sticky, string pool) =>
        SignedCookie.Hidden(sticky.Key, $"pool {pool}")[..PoolLength];
}
