using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>The calls for a Classic load balancer's policies, and for where they are in force.</summary>
internal sealed class ClassicPolicySteps(
    MigrationPlan plan, ClassicLoadBalancer source, ClassicLoadBalancer? current, IReadOnlyList<JsonObject> listeners)
{
    private const string Reference = "Reference-Security-Policy", Negotiation = "SSLNegotiationPolicyType";

    /// <summary>What a listener of HTTPS or SSL has when nothing was said.</summary>
    private const string DefaultNegotiation = "ELBSecurityPolicy-2016-08";

    private readonly string _name = source.Name;
    private readonly string _subject = $"Classic load balancer {source.Name}";

    public void Add()
    {
        var known = (current?.Policies ?? []).Select(NameOf).ToHashSet();
        foreach (var policy in Policies().Where(policy => !known.Contains(NameOf(policy)) && !IsPredefined(NameOf(policy))))
        {
            Call(
                "CreateLoadBalancerPolicy",
                new()
                {
                    ["LoadBalancerName"] = _name, ["PolicyName"] = NameOf(policy), ["PolicyTypeName"] = Wire.Text(policy, "PolicyTypeName"),
                    ["PolicyAttributes"] = Wire.List(Attributes(policy)),
                },
                $"policy {NameOf(policy)}");
        }

        AddToListeners();
        AddToInstances();
    }

    /// <summary>Those of AWS's own are there without being made, and their names are kept for them.</summary>
    public static bool IsPredefined(string name) =>
        name.StartsWith("ELBSecurityPolicy-", StringComparison.Ordinal) || name.StartsWith("ELBSample-", StringComparison.Ordinal);

    /// <summary>A named set of TLS versions and ciphers is asked for by its name; of one's own set only what is switched on.</summary>
    public static IEnumerable<JsonObject> Attributes(JsonObject policy)
    {
        var all = Wire.Items(policy, "PolicyAttributeDescriptions").ToList();
        var kept = Wire.Text(policy, "PolicyTypeName") != Negotiation ? all
            : all.Find(one => Wire.Text(one, "AttributeName") == Reference) is { } reference ? [reference]
            : all.FindAll(one => Wire.IsTrue(one, "AttributeValue"));
        return kept.Select(one => Wire.Only(one, "AttributeName", "AttributeValue"));
    }

    private static string NameOf(JsonObject policy) => Wire.Text(policy, "PolicyName") ?? "";

    private static JsonObject Policy(string? name, string type, string attribute, string? value) => new()
    {
        ["PolicyName"] = name, ["PolicyTypeName"] = type,
        ["PolicyAttributeDescriptions"] = value is null
            ? []
            : new JsonArray(new JsonObject { ["AttributeName"] = attribute, ["AttributeValue"] = value }),
    };

    /// <summary>As described; where nobody has asked for them, those of which the load balancer's description says enough.</summary>
    private IEnumerable<JsonObject> Policies()
    {
        if (source.Policies is { } described)
        {
            return described;
        }

        var policies = Wire.Of(source.Description, "Policies");
        var others = Wire.Texts(policies, "OtherPolicies").Where(name => !IsPredefined(name)).ToList();
        if (others.Count > 0)
        {
            plan.Miss(
                $"{_subject}: the policies {string.Join(", ", others)} are left out, as no file describes them: aws elb " +
                $"describe-load-balancer-policies --load-balancer-name {_name} >{_name}.policies.json");
        }

        return
        [
            .. Wire.Items(policies, "AppCookieStickinessPolicies").Select(
                one => Policy(Wire.Text(one, "PolicyName"), "AppCookieStickinessPolicyType", "CookieName", Wire.Text(one, "CookieName"))),
            .. Wire.Items(policies, "LBCookieStickinessPolicies").Select(
                one => Policy(
                    Wire.Text(one, "PolicyName"), "LBCookieStickinessPolicyType", "CookieExpirationPeriod",
                    Wire.Text(one, "CookieExpirationPeriod"))),
        ];
    }

    private void AddToListeners()
    {
        var ports = listeners.Select(listener => Wire.Text(listener, "LoadBalancerPort")).ToHashSet();
        foreach (var described in source.Listeners.Where(one => ports.Contains(PortOf(one))))
        {
            var here = current?.Listeners.FirstOrDefault(one => PortOf(one) == PortOf(described));
            AddIfDifferent(
                described, here, "SetLoadBalancerPoliciesOfListener", "LoadBalancerPort", $"policies of listener {PortOf(described)}");
        }

        static string? PortOf(JsonObject one) => Wire.Text(one["Listener"], "LoadBalancerPort");
    }

    private void AddToInstances()
    {
        foreach (var described in Wire.Items(source.Description, "BackendServerDescriptions"))
        {
            var port = Wire.Text(described, "InstancePort");
            var here = Wire.Items(current?.Description, "BackendServerDescriptions")
                .FirstOrDefault(one => Wire.Text(one, "InstancePort") == port);
            AddIfDifferent(
                described, here, "SetLoadBalancerPoliciesForBackendServer", "InstancePort", $"policies of instance port {port}");
        }
    }

    private void AddIfDifferent(JsonObject described, JsonObject? here, string action, string portName, string text)
    {
        var wanted = Wire.Texts(described, "PolicyNames").Order(StringComparer.Ordinal).ToList();
        var there = Wire.Texts(here, "PolicyNames").Order(StringComparer.Ordinal);
        if (wanted.SequenceEqual(there) || (here is null && wanted is [DefaultNegotiation]))
        {
            return;
        }

        var port = Wire.Of(described["Listener"] ?? described, portName);
        Call(
            action, new() { ["LoadBalancerName"] = _name, [portName] = port?.DeepClone(), ["PolicyNames"] = Wire.List(wanted) }, text);
    }

    private void Call(string action, JsonObject members, string text) =>
        plan.Add(ApiService.Classic, action, members, $"{_subject}: {text}");
}
