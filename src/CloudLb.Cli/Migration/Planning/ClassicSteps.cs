using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>The calls for one Classic load balancer.</summary>
internal sealed class ClassicSteps(
    MigrationPlan plan, ClassicLoadBalancer source, ClassicLoadBalancer? current, Surroundings surroundings)
{
    private static readonly string[] OfAListener =
        ["Protocol", "LoadBalancerPort", "InstanceProtocol", "InstancePort", "SSLCertificateId"];

    private readonly string _name = source.Name;
    private readonly string _subject = $"Classic load balancer {source.Name}";

    public void Add()
    {
        var listeners = source.Listeners.Select(one => one["Listener"]).OfType<JsonObject>().Where(HasItsCertificate).ToList();
        if (current is null && listeners.Count == 0)
        {
            plan.Miss($"{_subject}: not made, as it has no listener that can be made.");
            return;
        }

        if (current is null)
        {
            AddLoadBalancer(listeners);
        }
        else
        {
            Compare();
            AddListeners(listeners);
        }

        AddHealthCheck();
        AddAttributes();
        new ClassicPolicySteps(plan, source, current, listeners).Add();
        AddInstances();
        if (current is not null && Planner.Tags(source.Tags, current.Tags) is { Count: > 0 } tags)
        {
            plan.AddList(
                ApiService.Classic, "AddTags", new() { ["LoadBalancerNames"] = Wire.List([_name]), ["Tags"] = Wire.List(tags) }, "Tags",
                $"{_subject}: tags");
        }
    }

    private static string Port(JsonNode listener) => Wire.Text(listener, "LoadBalancerPort") ?? "";

    private static string Words(JsonNode listener) =>
        $"{Wire.Text(listener, "Protocol")?.ToUpperInvariant()} {Port(listener)} to " +
        $"{(Wire.Text(listener, "InstanceProtocol") ?? Wire.Text(listener, "Protocol"))?.ToUpperInvariant()} " +
        Wire.Text(listener, "InstancePort");

    private bool HasItsCertificate(JsonObject listener)
    {
        if (Wire.Text(listener, "SSLCertificateId") is not { Length: > 0 } arn)
        {
            return true;
        }

        if (surroundings.Certificate(arn) is { } here)
        {
            plan.Here[arn] = here;
            return true;
        }

        plan.Miss($"{_subject}: the listener {Words(listener)} is left out. {MissingCertificate.Text(arn)}");
        return false;
    }

    private void AddLoadBalancer(IReadOnlyList<JsonObject> listeners)
    {
        var members = new JsonObject
        {
            ["LoadBalancerName"] = _name,
            ["Listeners"] = Wire.List(listeners.Select(listener => Wire.Only(listener, OfAListener))),
        };
        foreach (var name in Wire.Texts(source.Description, "Subnets").Any()
            ? new[] { "Subnets", "SecurityGroups" } : ["AvailabilityZones"])
        {
            members[name] = Wire.List(Wire.Texts(source.Description, name));
        }

        if (Wire.Text(source.Description, "Scheme") == "internal")
        {
            members["Scheme"] = "internal";
        }

        if (Planner.Tags(source.Tags, null) is { Count: > 0 } tags)
        {
            members["Tags"] = Wire.List(tags);
        }

        Call("CreateLoadBalancer", members, $"with {string.Join(", ", listeners.Select(Words))}");
    }

    /// <summary>What an import does not change of one that is there.</summary>
    private void Compare()
    {
        var lists = new[] { "AvailabilityZones", "Subnets", "SecurityGroups" }.Where(
            name => Wire.Texts(source.Description, name).Any() && !Wire.Texts(source.Description, name).Order(StringComparer.Ordinal)
                .SequenceEqual(Wire.Texts(current!.Description, name).Order(StringComparer.Ordinal)));
        var texts = new[] { "Scheme" }.Where(
            name => (Wire.Text(source.Description, name) ?? "internet-facing") != Wire.Text(current!.Description, name));
        foreach (var name in lists.Concat(texts))
        {
            var here = Wire.Text(current!.Description, name) ?? string.Join(", ", Wire.Texts(current!.Description, name));
            plan.Note($"{_subject} exists already, and its {name} is '{here}' here; that stays.");
        }
    }

    private void AddListeners(IReadOnlyList<JsonObject> listeners)
    {
        var here = current!.Listeners.Select(one => one["Listener"]).OfType<JsonObject>().ToDictionary(Port);
        foreach (var listener in listeners)
        {
            if (!here.TryGetValue(Port(listener), out var known))
            {
                Call(
                    "CreateLoadBalancerListeners",
                    new() { ["LoadBalancerName"] = _name, ["Listeners"] = new JsonArray(Wire.Only(listener, OfAListener)) },
                    $"listener {Words(listener)}");
            }
            else if (Words(known) != Words(listener) || Certificate(known) != Certificate(listener))
            {
                plan.Note(
                    $"{_subject} exists already, and its listener is {Words(known)} {Certificate(known)}".TrimEnd() + "; that stays.");
            }
        }
    }

    private string? Certificate(JsonObject listener) =>
        Wire.Text(listener, "SSLCertificateId") is { Length: > 0 } arn ? plan.Here.GetValueOrDefault(arn, arn) : null;

    private void AddHealthCheck()
    {
        if (source.Description["HealthCheck"] is JsonObject check && Wire.Text(check, "Target") is { Length: > 0 }
            && Wire.Canonical(check) != Wire.Canonical(Wire.Of(current?.Description, "HealthCheck")))
        {
            Call(
                "ConfigureHealthCheck", new() { ["LoadBalancerName"] = _name, ["HealthCheck"] = check.DeepClone() },
                $"health check {Wire.Text(check, "Target")}");
        }
    }

    private void AddAttributes()
    {
        foreach (var (section, value) in source.Attributes ?? [])
        {
            var wanted = ClassicDefaults.Wanted(section, value);
            var here = current is null
                ? ClassicDefaults.Of(section)
                : ClassicDefaults.Wanted(section, Wire.Of(current.Attributes, section));
            if (value is not null && Wire.Canonical(wanted) != Wire.Canonical(here))
            {
                Call(
                    "ModifyLoadBalancerAttributes",
                    new() { ["LoadBalancerName"] = _name, ["LoadBalancerAttributes"] = new JsonObject { [section] = wanted } },
                    $"{section} {string.Join(", ", Wire.AllTexts(wanted))}");
            }
        }
    }

    private void AddInstances()
    {
        var registered = current?.Instances.ToHashSet() ?? [];
        foreach (var unknown in source.Instances.Where(instance => !surroundings.IsInstance(instance)))
        {
            plan.Miss($"{_subject}: the instance {unknown} is left out. {MissingInstance.Text(unknown)}");
        }

        var missing = source.Instances.Where(instance => surroundings.IsInstance(instance) && !registered.Contains(instance)).ToList();
        if (missing.Count > 0)
        {
            plan.AddList(
                ApiService.Classic, "RegisterInstancesWithLoadBalancer",
                new()
                {
                    ["LoadBalancerName"] = _name,
                    ["Instances"] = Wire.List(missing.Select(instance => new JsonObject { ["InstanceId"] = instance })),
                },
                "Instances", $"{_subject}: instances");
        }
    }

    private void Call(string action, JsonObject members, string text) =>
        plan.Add(ApiService.Classic, action, members, $"{_subject}: {text}");
}
