using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>What an action does to a request, in words; the summary is the end of a sentence that begins with the rule.</summary>
internal static class ActionReasons
{
    /// <param name="action">The action.</param>
    /// <param name="protocol">Of its listener.</param>
    /// <param name="request">The request; null where it is rewritten before.</param>
    /// <param name="share">What is told of a group that the action names.</param>
    public static ToldRoute Of(
        ListenerAction action, Protocol protocol, ToldRequest? request, Func<WeightedTargetGroup, ToldShare> share) => action switch
    {
        ForwardAction forward => Forward([.. forward.TargetGroups.Select(share)], protocol),
        RedirectAction redirect => Answered(
            "redirect",
            $"redirects it with {redirect.StatusCode["HTTP_".Length..]} to {RedirectAddress.Of(redirect, request)}."),
        FixedResponseAction response => Answered("fixed-response", $"answers it with {response.StatusCode} by itself."),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static ToldRoute Answered(string action, string summary) =>
        new() { IsAnswered = true, Rule = null, Action = action, Summary = summary, Reasons = [] };

    private static ToldRoute Forward(IReadOnlyList<ToldShare> groups, Protocol protocol)
    {
        var whole = groups.Sum(group => group.Weight);
        var reached = groups.Where(group => group.Weight > 0).ToList();
        return new()
        {
            IsAnswered = reached.Count > 0 && reached.TrueForAll(group => group.InService > 0),
            Rule = null,
            Action = "forward",
            Groups = groups,
            Summary = reached switch
            {
                [] => $"forwards it to no target group, as all weights are 0: {Unanswered(protocol)}.",
                [var only] => $"forwards it to the target group {only.Name}.",
                _ => "forwards it to one of the target groups " +
                    $"{string.Join(", ", reached.Select(group => $"{group.Name} ({100.0 * group.Weight / whole:0.#} %)"))}.",
            },
            Reasons = [.. reached.Select(group => Health(group, protocol))],
        };
    }

    private static string Unanswered(Protocol protocol) => protocol switch
    {
        { IsHttp: true } => "the answer is 503",
        Protocol.UDP => "nobody is given it",
        _ => "the connection is closed",
    };

    private static string Health(ToldShare group, Protocol protocol) => group switch
    {
        { Targets: 0 } => $"No target is registered with {group.Name}: {Unanswered(protocol)}.",
        { InService: 0 } => $"None of the {group.Targets} targets of {group.Name} takes requests; 'cloudlb explain' says of each why.",
        _ => $"{group.InService} of the {group.Targets} targets of {group.Name} {(group.InService == 1 ? "takes" : "take")} requests.",
    };
}
