using System.Globalization;
using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>
/// The calls for the resources of ELBv2: members, attributes, conditions and actions pass as they are described, whatever they are.
/// </summary>
internal sealed class V2Steps(MigrationPlan plan, Estate source, Estate current, Surroundings surroundings)
{
    private const string TargetGroupArn = "TargetGroupArn", LoadBalancerArn = "LoadBalancerArn", ListenerArn = "ListenerArn",
        IpAddressType = "IpAddressType";

    private readonly V2Details _details = new(plan, surroundings);

    public void Add()
    {
        foreach (var group in source.Of(V2Kind.TargetGroup))
        {
            AddTargetGroup(group, Here(group));
        }

        foreach (var loadBalancer in source.Of(V2Kind.LoadBalancer))
        {
            var here = Here(loadBalancer);
            AddLoadBalancer(loadBalancer, here);
            foreach (var listener in source.Of(V2Kind.Listener).Where(one => one.Parent == loadBalancer.Arn))
            {
                AddListener(loadBalancer, listener, here);
            }
        }

        foreach (var group in source.Of(V2Kind.TargetGroup).Where(IsOfLoadBalancers))
        {
            _details.AddTargets(group, Here(group), Words("target group", group));
        }

        foreach (var orphan in source.V2.Where(
            one => one.Kind is V2Kind.Listener or V2Kind.Rule && source.Find(one.Parent) is null))
        {
            plan.Miss($"{orphan.Arn} is left out: what it belongs to is not described.");
        }
    }

    private static string Words(V2Resource loadBalancer) =>
        Words($"{Wire.Text(loadBalancer.Description, "Type")} load balancer", loadBalancer).TrimStart();

    private static string Words(string kind, V2Resource resource) => $"{kind} {resource.Name}";

    /// <summary>Its target is a load balancer with a listener, both of which have to be there before.</summary>
    private static bool IsOfLoadBalancers(V2Resource group) => Wire.Text(group.Description, "TargetType") == "alb";

    private V2Resource? Here(V2Resource resource) => current.Of(resource.Kind).FirstOrDefault(one => one.Name == resource.Name);

    private void AddTargetGroup(V2Resource group, V2Resource? here)
    {
        var text = Words("target group", group);
        var members = group.Description.DeepClone().AsObject();
        members["Name"] = group.Name;
        if (Wire.Text(members, "Protocol") is not ("HTTP" or "HTTPS"))
        {
            members.Remove("ProtocolVersion");
        }

        if (here is null && Wire.Text(members, "VpcId") is { } vpc && surroundings.Vpc(vpc) is { } known && known != vpc)
        {
            plan.Here[vpc] = known;
            plan.Note($"The VPC {vpc} is not known here, and {known} stands for it; --map {vpc}=VPC names another.");
        }

        Make(group, here, "CreateTargetGroup", members, text, "Protocol", "Port", "TargetType");
        _details.AddAttributes(group, here, "ModifyTargetGroupAttributes", TargetGroupArn, text);
        if (!IsOfLoadBalancers(group))
        {
            _details.AddTargets(group, here, text);
        }
    }

    private void AddLoadBalancer(V2Resource loadBalancer, V2Resource? here)
    {
        var text = Words(loadBalancer);
        var members = Wire.Only(
            loadBalancer.Description, "Scheme", "Type", IpAddressType, "SecurityGroups", "CustomerOwnedIpv4Pool",
            "EnablePrefixForIpv6SourceNat", "IpamPools");
        members["Name"] = loadBalancer.Name;
        members["Subnets"] = Wire.List(
            Wire.Items(loadBalancer.Description, "AvailabilityZones").Select(zone => Wire.Text(zone, "SubnetId")).OfType<string>());
        if (Wire.Texts(members, "SecurityGroups").Count() == 0)
        {
            members.Remove("SecurityGroups");
        }

        if (Wire.Text(members, "EnablePrefixForIpv6SourceNat") == "off")
        {
            members.Remove("EnablePrefixForIpv6SourceNat");
        }

        if (Wire.Items(loadBalancer.Description, "AvailabilityZones").Any(zone => Wire.Items(zone, "LoadBalancerAddresses").Any()))
        {
            plan.Note($"{text}: its fixed addresses are not kept; it gets one of this installation's pool.");
        }

        Make(loadBalancer, here, "CreateLoadBalancer", members, text, "Type", "Scheme");
        if (here is not null && Wire.Text(members, IpAddressType) is { } type && type != Wire.Text(here.Description, IpAddressType))
        {
            plan.Add(
                ApiService.V2, "SetIpAddressType", new() { [LoadBalancerArn] = loadBalancer.Arn, [IpAddressType] = type },
                $"{text}: IP address type {type}");
        }

        _details.AddAttributes(loadBalancer, here, "ModifyLoadBalancerAttributes", LoadBalancerArn, text);
    }

    private void AddListener(V2Resource loadBalancer, V2Resource listener, V2Resource? hereLoadBalancer)
    {
        var text = $"{Words(loadBalancer)}: listener {Wire.Text(listener.Description, "Protocol")} {listener.Name}";
        var own = Wire.Items(listener.Description, "Certificates").Select(one => Wire.Text(one, "CertificateArn")).OfType<string>();
        var authentication = Wire.Of(listener.Description, "MutualAuthentication");
        if (!_details.AreHere(own, text) || !_details.IsTrusted(authentication, text))
        {
            return;
        }

        var here = hereLoadBalancer is null
            ? null
            : current.Below(hereLoadBalancer).FirstOrDefault(
                one => one.Name == listener.Name && Protocol(one) == Protocol(listener));
        var members = listener.Description.DeepClone().AsObject();
        var actions = V2Actions.Of(members["DefaultActions"]);
        if (here is null && !_details.HaveSecrets(actions, text))
        {
            return;
        }

        members["DefaultActions"] = actions;
        if (Wire.Text(authentication, "Mode") is { } mode)
        {
            members["MutualAuthentication"] = mode == "off" ? null : Wire.Only(
                authentication, "Mode", "TrustStoreArn", "IgnoreClientCertificateExpiry", "AdvertiseTrustStoreCaNames");
        }

        if (members["Certificates"] is JsonArray { Count: > 0 } certificates)
        {
            members["Certificates"] = new JsonArray([.. certificates.Select(one => Wire.Only(one, "CertificateArn"))]);
        }

        Make(listener, here, "CreateListener", members, text, "DefaultActions", "SslPolicy");
        _details.AddAttributes(listener, here, "ModifyListenerAttributes", ListenerArn, text);
        _details.AddCertificates(listener, here, text);
        foreach (var rule in source.Below(listener).Where(rule => !Wire.IsTrue(rule.Description, "IsDefault")))
        {
            AddRule(listener, rule, here, $"{text}, rule {rule.Name}");
        }

        static string? Protocol(V2Resource one) => Wire.Text(one.Description, "Protocol");
    }

    private void AddRule(V2Resource listener, V2Resource rule, V2Resource? hereListener, string text)
    {
        var here = hereListener is null ? null : current.Below(hereListener).FirstOrDefault(one => one.Name == rule.Name);
        var members = Wire.Only(rule.Description, "Transforms");
        members[ListenerArn] = listener.Arn;
        members["Priority"] = int.TryParse(rule.Name, CultureInfo.InvariantCulture, out var priority) ? priority : rule.Name;
        members["Conditions"] = V2Actions.Conditions(rule.Description["Conditions"]);
        var actions = V2Actions.Of(rule.Description["Actions"]);
        if (here is null && !_details.HaveSecrets(actions, text))
        {
            return;
        }

        members["Actions"] = actions;
        Make(rule, here, "CreateRule", members, text, "Conditions", "Actions");
    }

    /// <summary>One call for what is not here; for what is, a note of what differs, and its tags.</summary>
    /// <param name="compared">The members that are compared.</param>
    private void Make(V2Resource resource, V2Resource? here, string action, JsonObject members, string text, params string[] compared)
    {
        if (here is null)
        {
            if (Planner.Tags(resource.Tags, null) is { Count: > 0 } tags)
            {
                members["Tags"] = Wire.List(tags);
            }

            plan.Add(ApiService.V2, action, members, text, makes: resource.Arn);
            return;
        }

        plan.Here[resource.Arn] = here.Arn;
        foreach (var name in compared.Where(name => Normal(resource, name) != Normal(here, name)))
        {
            plan.Note($"{text} exists already, and its {name} differ here; that stays.");
        }

        _details.AddTags(resource, here, text);
    }

    private string Normal(V2Resource resource, string name)
    {
        var value = Wire.Of(resource.Description, name);
        var plain = name switch
        {
            "Actions" or "DefaultActions" => V2Actions.Told(value),
            "Conditions" => V2Actions.Conditions(value),
            _ => value,
        };
        return Wire.Canonical(Wire.Replaced(plain, plan.Here));
    }
}
