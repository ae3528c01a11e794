using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>What is told of one resource in an answer that does not say of which.</summary>
internal sealed class Details(IReadOnlyList<string> classic, IReadOnlyList<(V2Kind Kind, string Name, string Arn)> v2)
{
    public static readonly string[] Members =
        ["LoadBalancerAttributes", "PolicyDescriptions", "Attributes", "TargetHealthDescriptions", "Certificates"];

    public Dictionary<string, JsonObject> ClassicAttributes { get; } = [];

    public Dictionary<string, IReadOnlyList<JsonObject>> Policies { get; } = [];

    public Dictionary<string, IReadOnlyList<JsonObject>> Attributes { get; } = [];

    public Dictionary<string, IReadOnlyList<JsonObject>> Targets { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> Certificates { get; } = [];

    /// <returns>What could not be used, in sentences.</returns>
    public IEnumerable<string> Add(ReadDocument document)
    {
        var content = document.Content;
        var ofClassic = classic.Select(name => (name, name)).ToList();
        foreach (var member in Members.Where(content.ContainsKey))
        {
            var subject = DocumentSubject.Find(content, document.Origin, member switch
            {
                "LoadBalancerAttributes" or "PolicyDescriptions" => ofClassic,
                "TargetHealthDescriptions" => Of(V2Kind.TargetGroup),
                "Certificates" => Of(V2Kind.Listener),
                _ => Of(KindOf(content)),
            });
            if (subject is null)
            {
                yield return $"{document.Origin} has {member} and does not say of what: put the resource's name, of a listener the end " +
                    "of its ARN, into the file's name, as in web.attributes.json. It was passed over.";
                continue;
            }

            Keep(member, subject, content);
        }
    }

    private void Keep(string member, string subject, JsonObject content)
    {
        switch (member)
        {
            case "LoadBalancerAttributes" when content[member] is JsonObject attributes:
                ClassicAttributes[subject] = attributes;
                break;
            case "PolicyDescriptions":
                Policies[subject] = [.. Wire.Items(content, member)];
                break;
            case "TargetHealthDescriptions":
                Targets[subject] =
                    [.. Wire.Items(content, member).Where(IsRegistered).Select(one => one["Target"]).OfType<JsonObject>()];
                break;
            case "Certificates":
                Certificates[subject] = [.. Wire.Items(content, member).Where(one => !Wire.IsTrue(one, "IsDefault"))
                    .Select(one => Wire.Text(one, "CertificateArn")).OfType<string>()];
                break;
            default:
                Attributes[subject] = [.. Wire.Items(content, member)];
                break;
        }
    }

    private List<(string Name, string Id)> Of(V2Kind kind) =>
    [
        .. v2.Where(one => one.Kind == kind).Select(
            one => (kind == V2Kind.Listener ? one.Arn[(one.Arn.LastIndexOf('/') + 1)..] : one.Name, one.Arn)),
    ];

    /// <summary>A target that is on its way out is still described.</summary>
    private static bool IsRegistered(JsonObject health) =>
        Wire.Text(Wire.Of(health, "TargetHealth"), "Reason") is not ("Target.DeregistrationInProgress" or "Target.NotRegistered");

    /// <summary>By the attributes that only they have.</summary>
    private static V2Kind KindOf(JsonObject content)
    {
        var keys = Wire.Items(content, "Attributes").Select(one => Wire.Text(one, "Key")).ToHashSet();
        var said = DocumentSubject.Members.Select(member => Wire.Text(content, member)).OfType<string>().FirstOrDefault() ?? "";
        return keys.Contains("deregistration_delay.timeout_seconds") || said.Contains(":targetgroup/", StringComparison.Ordinal)
                ? V2Kind.TargetGroup
            : keys.Contains("deletion_protection.enabled") || said.Contains(":loadbalancer/", StringComparison.Ordinal)
                ? V2Kind.LoadBalancer
            : V2Kind.Listener;
    }
}
