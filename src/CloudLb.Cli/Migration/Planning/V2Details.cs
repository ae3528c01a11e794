using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>What belongs to a resource of ELBv2 and is set by calls of its own.</summary>
internal sealed class V2Details(MigrationPlan plan, Surroundings surroundings)
{
    /// <summary>What is not set already; of a new resource, what is not AWS's default.</summary>
    public void AddAttributes(V2Resource resource, V2Resource? here, string action, string arn, string text)
    {
        var known = here?.Attributes.ToDictionary(Key, Value);
        var wanted = resource.Attributes
            .Where(one => known is null
                ? !V2Defaults.IsDefault(resource, Key(one), Value(one))
                : known.TryGetValue(Key(one), out var value) ? value != Value(one) : !V2Defaults.IsDefault(resource, Key(one), Value(one)))
            .Where(one => V2Defaults.HasEffect(resource, Key(one)))
            .ToList();
        if (wanted.Count > 0)
        {
            plan.AddList(
                ApiService.V2, action, new() { [arn] = resource.Arn, ["Attributes"] = Wire.List(wanted) }, "Attributes", text);
        }
    }

    public void AddTargets(V2Resource group, V2Resource? here, string text)
    {
        var known = here?.Targets.Select(Words).ToHashSet() ?? [];
        var missing = new List<JsonObject>();
        foreach (var target in group.Targets.Where(target => !known.Contains(Words(target))))
        {
            if (Wire.Text(group.Description, "TargetType") == "instance"
                && Wire.Text(target, "Id") is { } id && !surroundings.IsInstance(id))
            {
                plan.Miss($"{text}: the target {id} is left out. {MissingInstance.Text(id)}");
            }
            else
            {
                missing.Add(target);
            }
        }

        if (missing.Count > 0)
        {
            plan.AddList(
                ApiService.V2, "RegisterTargets", new() { ["TargetGroupArn"] = group.Arn, ["Targets"] = Wire.List(missing) },
                "Targets", $"{text}: targets");
        }

        string Words(JsonObject target) =>
            $"{Here(Wire.Text(target, "Id") ?? "")} {Wire.Text(target, "Port") ?? Wire.Text(group.Description, "Port")}";
    }

    private string Here(string arn) => plan.Here.GetValueOrDefault(arn, arn);

    public void AddCertificates(V2Resource listener, V2Resource? here, string text)
    {
        var known = here?.Certificates.ToHashSet() ?? [];
        foreach (var arn in listener.Certificates.Where(arn => AreHere([arn], $"{text}, one more certificate")))
        {
            if (!known.Contains(Here(arn)))
            {
                plan.Add(
                    ApiService.V2, "AddListenerCertificates",
                    new()
                    {
                        ["ListenerArn"] = listener.Arn,
                        ["Certificates"] = new JsonArray(new JsonObject { ["CertificateArn"] = arn }),
                    },
                    $"{text}: certificate {arn}");
            }
        }
    }

    public void AddTags(V2Resource resource, V2Resource here, string text)
    {
        if (Planner.Tags(resource.Tags, here.Tags) is { Count: > 0 } tags)
        {
            plan.AddList(
                ApiService.V2, "AddTags", new() { ["ResourceArns"] = Wire.List([resource.Arn]), ["Tags"] = Wire.List(tags) }, "Tags",
                $"{text}: tags");
        }
    }

    /// <summary>Finds each certificate here, and says which are not.</summary>
    public bool AreHere(IEnumerable<string> arns, string text)
    {
        var all = true;
        foreach (var arn in arns)
        {
            if (surroundings.Certificate(arn) is { } here)
            {
                plan.Here[arn] = here;
            }
            else
            {
                plan.Miss($"{text} is left out. {MissingCertificate.Text(arn)}");
                all = false;
            }
        }

        return all;
    }

    /// <summary>Finds the trust store of a listener here, and says when there is none.</summary>
    public bool IsTrusted(JsonNode? authentication, string text)
    {
        if (Wire.Text(authentication, "TrustStoreArn") is not { } arn)
        {
            return true;
        }

        if (surroundings.TrustStore(arn) is { } here)
        {
            plan.Here[arn] = here;
            return true;
        }

        plan.Miss($"{text} is left out. {MissingTrustStore.Text(arn)}");
        return false;
    }

    /// <summary>Gives actions the secrets that they need, and says which are not known.</summary>
    public bool HaveSecrets(JsonArray actions, string text)
    {
        foreach (var one in V2Actions.WithoutSecret(actions))
        {
            var client = Wire.Text(one, "ClientId") ?? "";
            if (surroundings.ClientSecret(client) is not { } secret)
            {
                plan.Miss(
                    $"{text} is left out. No API tells the secret of its client {client} at {Wire.Text(one, "Issuer")}: write " +
                    "\"ClientSecret\" beside \"ClientId\" in the files, and import again.");
                return false;
            }

            one[V2Actions.Secret] = secret;
        }

        return true;
    }

    private static string Key(JsonObject attribute) => Wire.Text(attribute, "Key") ?? "";

    private static string Value(JsonObject attribute) => Wire.Text(attribute, "Value") ?? "";
}
