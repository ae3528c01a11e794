using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using Wire = CloudLb.Ec2.Contracts;

namespace CloudLb.Ec2.Endpoint;

/// <summary>
/// Takes from an endpoint's answers what is well-formed, and leaves the rest out: nothing else may reach a configuration, a log or a
/// caller.
/// </summary>
internal static partial class Ec2Reading
{
    /// <summary>EC2's limit for a group's name and for its description.</summary>
    private const int MaximumText = 255;

    /// <summary>One that is pending and has no address yet is left out, and is asked for again.</summary>
    public static IReadOnlyList<EndpointInstance> Instances(IEnumerable<Wire.Reservation> reservations) =>
        [.. reservations
            .SelectMany(reservation => reservation.Instances ?? [])
            .Select(Instance)
            .OfType<EndpointInstance>()
            .DistinctBy(instance => instance.InstanceId)];

    public static EndpointNetworks Networks(
        IEnumerable<Wire.AvailabilityZone> zones, IEnumerable<Wire.Vpc> vpcs, IEnumerable<Wire.Subnet> subnets,
        IEnumerable<Wire.SecurityGroup> groups,
        string region) => new()
        {
            Zones = Own(zones, region).Select(zone => zone.ZoneName!).Distinct().Order(StringComparer.Ordinal).ToEquatableArray(),
            ZoneIds = Own(zones, region)
                .Where(zone => IsZone(zone.ZoneId))
                .Select(zone => new AvailabilityZoneId(zone.ZoneName!, zone.ZoneId!))
                .DistinctBy(zone => zone.ZoneName).OrderBy(zone => zone.ZoneName, StringComparer.Ordinal).ToEquatableArray(),
            Vpcs = OneDefault(
                vpcs
                    .Select(Vpc)
                    .OfType<Vpc>()
                    .DistinctBy(vpc => vpc.VpcId)
                    .OrderBy(vpc => vpc.VpcId, StringComparer.Ordinal)).ToEquatableArray(),
            Subnets = subnets.Select(Subnet).OfType<Subnet>().DistinctBy(subnet => subnet.SubnetId)
                .OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal).ToEquatableArray(),
            SecurityGroups = groups.Select(SecurityGroup).OfType<SecurityGroup>()
                .DistinctBy(group => group.GroupId).DistinctBy(group => (group.VpcId, group.Name))
                .OrderBy(group => group.GroupId, StringComparer.Ordinal).ToEquatableArray(),
        };

    /// <summary>
    /// Local zones and those of another region, where an endpoint speaks for several, are none that a load balancer can be in.
    /// </summary>
    private static IEnumerable<Wire.AvailabilityZone> Own(IEnumerable<Wire.AvailabilityZone> zones, string region) => zones
        .Where(zone => zone.RegionName is null || zone.RegionName == region)
        .Where(zone => zone.ZoneType is null or "availability-zone")
        .Where(zone => IsZone(zone.ZoneName));

    /// <summary>The code of an error answer with a blank before it; empty when there is none that a log can have.</summary>
    public static string ErrorCode(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var code = XElement.Load(reader).Descendants().FirstOrDefault(element => element.Name.LocalName == "Code")?.Value;
            return code is not null && CodeForm().IsMatch(code) ? $" {code}" : "";
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static EndpointInstance? Instance(Wire.Instance wire)
    {
        if (wire.InstanceId is not { } id || !InstanceId.IsEc2(id))
        {
            return null;
        }

        var zone = IsZone(wire.Placement?.AvailabilityZone) ? wire.Placement!.AvailabilityZone : null;
        if (wire.State?.Name is "terminated" or "shutting-down")
        {
            return new(id, null, zone);
        }

        return (Address(wire.PrivateIpAddress) ?? Address(wire.Ipv6Address)) is { } address
            ? new(
                id, address, zone, IsId(wire.VpcId, NetworkId.Vpc) ? wire.VpcId : null,
                IsType(wire.InstanceType) ? wire.InstanceType : null, Tags(wire.Tags))
            {
                IsStopped = wire.State?.Name is "stopped" or "stopping",
                IsPending = wire.State?.Name is "pending",
            }
            : null;
    }

    private static IPAddress? Address(string? text) =>
        text is not null && InstanceId.TryParseAddress(text, out var address) ? address : null;

    private static Vpc? Vpc(Wire.Vpc wire) => IsId(wire.VpcId, NetworkId.Vpc)
        ? new()
        {
            VpcId = wire.VpcId!,
            Cidr = Cidr(wire.CidrBlock, AddressFamily.InterNetwork),
            IsDefault = wire.IsDefault == true,
            Tags = Tags(wire.Tags),
        }
        : null;

    /// <summary>EC2 has one default VPC in a region at most; an endpoint that says otherwise is believed once.</summary>
    private static IEnumerable<Vpc> OneDefault(IEnumerable<Vpc> vpcs)
    {
        var hasDefault = false;
        foreach (var vpc in vpcs)
        {
            yield return vpc with { IsDefault = vpc.IsDefault && !hasDefault };
            hasDefault |= vpc.IsDefault;
        }
    }

    private static Subnet? Subnet(Wire.Subnet wire) =>
        IsId(wire.SubnetId, NetworkId.Subnet) && IsId(wire.VpcId, NetworkId.Vpc) && IsZone(wire.AvailabilityZone)
            ? new()
            {
                SubnetId = wire.SubnetId!,
                VpcId = wire.VpcId!,
                AvailabilityZone = wire.AvailabilityZone!,
                Cidr = Cidr(wire.CidrBlock, AddressFamily.InterNetwork),
                Tags = Tags(wire.Tags),
            }
            : null;

    /// <summary>Groups outside of a VPC, EC2-Classic's, are none that a load balancer in one can have.</summary>
    private static SecurityGroup? SecurityGroup(Wire.SecurityGroup wire) =>
        IsId(wire.GroupId, NetworkId.SecurityGroup) && IsId(wire.VpcId, NetworkId.Vpc)
        ? new()
        {
            GroupId = wire.GroupId!,
            VpcId = wire.VpcId!,
            Name = IsText(wire.GroupName) ? wire.GroupName! : wire.GroupId!,
            Description = IsText(wire.Description) ? wire.Description! : "",
            Ingress = (wire.IpPermissions ?? []).Select(Rule).OfType<IngressRule>().ToEquatableArray(),
            Tags = Tags(wire.Tags),
        }
        : null;

    /// <summary>
    /// A rule as far as it names networks; other groups and prefix lists as sources let nobody in, since who they are is not known.
    /// </summary>
    private static IngressRule? Rule(Wire.IpPermission wire)
    {
        var protocol = wire.IpProtocol switch
        {
            "tcp" or "6" => "tcp",
            "udp" or "17" => "udp",
            IngressRule.AnyProtocol => IngressRule.AnyProtocol,
            _ => null,
        };
        var sources = (wire.IpRanges ?? []).Select(range => Cidr(range.CidrIp, AddressFamily.InterNetwork))
            .Concat((wire.Ipv6Ranges ?? []).Select(range => Cidr(range.CidrIpv6, AddressFamily.InterNetworkV6)))
            .OfType<string>().Distinct().ToEquatableArray();
        if (protocol is null || sources.Count == 0)
        {
            return null;
        }

        return protocol == IngressRule.AnyProtocol
            ? new() { Protocol = protocol, Sources = sources }
            : wire is { FromPort: >= 0 and <= 65535 and var from, ToPort: >= 0 and <= 65535 and var to } && from <= to
                ? new() { Protocol = protocol, FromPort = from, ToPort = to, Sources = sources }
                : null;
    }

    private static EquatableArray<Tag> Tags(IEnumerable<Wire.Tag>? wire) => (wire ?? [])
        .Where(tag => tag.Key is not null).Select(tag => new Tag(tag.Key!, tag.Value ?? "")).Where(TagLimits.Allow)
        .DistinctBy(tag => tag.Key).OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(TagLimits.Count).ToEquatableArray();

    private static bool IsType(string? name) => name is not null && TypeForm().IsMatch(name);

    private static bool IsId(string? id, string prefix) => id is not null && NetworkId.IsWellFormed(id, prefix);

    private static bool IsZone(string? name) => name is not null && ZoneForm().IsMatch(name);

    private static bool IsText(string? text) => text is { Length: > 0 and <= MaximumText } && !text.Any(char.IsControl);

    private static string? Cidr(string? text, AddressFamily family) =>
        IPNetwork.TryParse(text, out var network) && network.BaseAddress.AddressFamily == family && !network.BaseAddress.IsIPv4MappedToIPv6
            && (family == AddressFamily.InterNetwork || network.BaseAddress.ScopeId == 0)
            ? network.ToString()
            : null;

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex ZoneForm();

    [GeneratedRegex(@"\A[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex TypeForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._]{1,100}\z")]
    private static partial Regex CodeForm();
}
