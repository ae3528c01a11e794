using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What each pool of an action with several is given of what those before it have left; the last one takes all of it. A list of numbers
/// that are drawn for the pool, for each of them a file, relative to the configuration's directory, so that weights change at run time.
/// </summary>
internal static class WeightLines
{
    /// <summary>The directory of the lists, below that of the configuration.</summary>
    public const string Directory = "weights";

    // A weight is 999 at most and an action has five pools.
    private const long Whole = 1_000_000_000;

    // As many as there are; times the whole they have room in HAProxy's numbers.
    private const long Hashes = 1L << 32;

    /// <summary>
    /// The condition of the requests that a pool is given. An expression of one number and one range: 90 instructions more than a number
    /// that cannot change, where a map takes 1,000 (2.6.12).
    /// </summary>
    public static string Drawn(string list) => $"{{ rand({Whole}) -f {list} }}";

    /// <summary>
    /// The same where the client's address says the number: another one for each pool, so that they do not depend on each other.
    /// </summary>
    /// <param name="list">The list of the pool.</param>
    /// <param name="index">Which of the action's pools.</param>
    public static string OfSource(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{{ src,xxh32({index}),mul({Whole}),div({Hashes}) -f {list} }}");

    /// <summary>The list of a pool.</summary>
    /// <param name="action">The section of the action: <see cref="ActionSections.NameOf"/>.</param>
    /// <param name="index">Which of its pools.</param>
    public static string ListOf(string action, int index) => string.Create(CultureInfo.InvariantCulture, $"{Directory}/{action}.{index}");

    /// <summary>The lists of a load balancer, each with the range of numbers that is in it; empty for none.</summary>
    public static IEnumerable<(string List, string Range)> Of(PlannedLoadBalancer loadBalancer) => loadBalancer.Listeners
        .SelectMany(listener => listener.Rules
            .SelectMany(rule => Of(ActionSections.NameOf(loadBalancer.Id, listener, rule), rule.Action))
            .Concat(Of(ActionSections.NameOf(loadBalancer.Id, listener, null), listener.DefaultAction)));

    /// <summary>The same as files.</summary>
    public static IEnumerable<(string Name, string Text)> FilesOf(PlannedLoadBalancer loadBalancer) =>
        Of(loadBalancer).Select(each => (each.List, $"# What is drawn for the pool.\n{each.Range}\n"));

    /// <summary>Whether an action sends anything to its pools.</summary>
    public static bool IsAny(EquatableArray<WeightedPool> pools) => pools.Any(pool => pool.Weight > 0);

    private static IEnumerable<(string List, string Range)> Of(string name, PlannedAction action)
    {
        if (action is not PlannedAction.Forward { Pools: { Count: > 1 } pools } || !IsAny(pools))
        {
            yield break;
        }

        var left = pools.Sum(pool => (long)pool.Weight);
        for (var index = 0; index < pools.Count - 1; index++)
        {
            var weight = pools[index].Weight;
            yield return (ListOf(name, index), weight == 0 ? "" : $"0:{(Whole * weight / left) - 1}");
            left -= weight;
        }
    }
}
