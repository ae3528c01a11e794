using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>Puts the answers of the describe actions together, in whatever order and in however many pieces they come.</summary>
internal sealed class EstateBuilder
{
    /// <summary>Answers that say nothing of what there is to be made.</summary>
    private static readonly string[] Passed =
        ["InstanceStates", "Limits", "PolicyTypeDescriptions", "SslPolicies", "NextMarker", "Marker", "TrustStores"];

    private static readonly (string Member, V2Kind Kind, string Arn)[] Kinds =
    [
        ("TargetGroups", V2Kind.TargetGroup, "TargetGroupArn"), ("LoadBalancers", V2Kind.LoadBalancer, "LoadBalancerArn"),
        ("Listeners", V2Kind.Listener, "ListenerArn"), ("Rules", V2Kind.Rule, "RuleArn"),
    ];

    private readonly Dictionary<string, JsonObject> _classic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (V2Kind Kind, JsonObject Description)> _v2 = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _tags = new(StringComparer.Ordinal);
    private readonly List<ReadDocument> _rest = [];
    private readonly List<string> _notes = [];

    /// <summary>What could not be used, in sentences.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void AddAll(IEnumerable<ReadDocument> documents)
    {
        foreach (var document in documents)
        {
            Add(document);
        }
    }

    public void Add(ReadDocument document)
    {
        var content = document.Content;
        foreach (var description in Wire.Items(content, "LoadBalancerDescriptions"))
        {
            Keep(_classic, Wire.Text(description, "LoadBalancerName"), description, one => one);
        }

        foreach (var (member, kind, arn) in Kinds)
        {
            foreach (var description in Wire.Items(content, member))
            {
                Keep(_v2, Wire.Text(description, arn), (Kind: kind, Description: description), one => one.Description);
            }
        }

        foreach (var description in Wire.Items(content, "TagDescriptions"))
        {
            if ((Wire.Text(description, "ResourceArn") ?? Wire.Text(description, "LoadBalancerName")) is { } subject)
            {
                _tags[subject] = [.. Wire.Items(description, "Tags")];
            }
        }

        if (Details.Members.Any(content.ContainsKey))
        {
            _rest.Add(document);
        }
        else if (!content.Any(member => IsKnown(member.Key)))
        {
            _notes.Add($"{document.Origin} is no answer of a describe action of ELB or ELBv2, and was passed over.");
        }
    }

    public Estate Build()
    {
        var details = new Details(
            [.. _classic.Keys], [.. _v2.Select(one => (one.Value.Kind, Name(one.Value.Kind, one.Key, one.Value.Description), one.Key))]);
        foreach (var document in _rest)
        {
            _notes.AddRange(details.Add(document));
        }

        return new()
        {
            Classic = [.. _classic.Select(one => new ClassicLoadBalancer
            {
                Name = one.Key, Description = one.Value, Tags = Tags(one.Key),
                Attributes = details.ClassicAttributes.GetValueOrDefault(one.Key),
                Policies = details.Policies.GetValueOrDefault(one.Key),
            })],
            V2 = [.. _v2.OrderBy(one => one.Value.Kind).Select(one => new V2Resource
            {
                Kind = one.Value.Kind, Arn = one.Key, Description = one.Value.Description, Tags = Tags(one.Key),
                Attributes = details.Attributes.GetValueOrDefault(one.Key, []),
                Targets = details.Targets.GetValueOrDefault(one.Key, []),
                Certificates = details.Certificates.GetValueOrDefault(one.Key, []),
            })],
        };
    }

    private static bool IsKnown(string member) =>
        member is "LoadBalancerDescriptions" or "TagDescriptions" || Passed.Contains(member) || Kinds.Any(kind => kind.Member == member);

    private static string Name(V2Kind kind, string arn, JsonObject description) =>
        new V2Resource { Kind = kind, Arn = arn, Description = description }.Name;

    /// <summary>Told twice is told once, if it is the same.</summary>
    private void Keep<T>(Dictionary<string, T> known, string? id, T item, Func<T, JsonObject> description)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new CommandException("A load balancer, target group, listener or rule without a name or an ARN is in the files.");
        }

        if (!known.TryAdd(id, item) && Wire.Canonical(description(known[id])) != Wire.Canonical(description(item)))
        {
            throw new CommandException(
                $"{id} is described twice, and not the same: give the answers of one region and of one moment.", ExitCodes.WrongUse);
        }
    }

    private IReadOnlyList<JsonObject> Tags(string id) => _tags.GetValueOrDefault(id, []);
}
