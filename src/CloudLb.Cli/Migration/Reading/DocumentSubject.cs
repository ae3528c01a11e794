using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>
/// Of what a document tells that does not say so itself, as the answers of <c>describe-load-balancer-attributes</c> do not: it stands
/// beside the answer (<c>cloudlb export</c> writes it so), or in the name of the file.
/// </summary>
internal static class DocumentSubject
{
    /// <summary>Members that say it, whoever has put them there.</summary>
    public static readonly string[] Members = ["LoadBalancerName", "ResourceArn", "LoadBalancerArn", "TargetGroupArn", "ListenerArn"];

    private static readonly char[] Separators = ['/', '.', '_', ' ', '='];

    /// <param name="document">The answer.</param>
    /// <param name="origin">The file's path.</param>
    /// <param name="candidates">What it may be about: names, and ids or ARNs.</param>
    /// <returns>The id of the only candidate that is meant; null if there is none.</returns>
    public static string? Find(JsonObject document, string origin, IReadOnlyCollection<(string Name, string Id)> candidates)
    {
        foreach (var said in Members.Select(member => Wire.Text(document, member)).OfType<string>())
        {
            return candidates.Any(candidate => candidate.Id == said) ? said : null;
        }

        if (candidates.Count == 1)
        {
            return candidates.First().Id;
        }

        var file = origin.Split('#')[0];
        var parts = file.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var meant = candidates
            .Where(candidate => parts.Any(
                part => part == candidate.Name || part.EndsWith($"-{candidate.Name}", StringComparison.Ordinal)))
            .OrderByDescending(candidate => candidate.Name.Length).ToList();
        return meant is [var only] ? only.Id
            : meant is [var longest, var next, ..] && longest.Name.Length > next.Name.Length ? longest.Id
            : null;
    }
}
