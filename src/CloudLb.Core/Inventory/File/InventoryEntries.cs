using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>
/// What each kind of entry of the inventory file says. A member that means nothing is a fault, so that a misspelt one shows.
/// </summary>
internal static class InventoryEntries
{
    /// <summary>EC2's limit for a group's name and for its description.</summary>
    private const int MaximumText = 255;

    /// <summary>EC2's longest name of a type has less than half of it.</summary>
    private const int MaximumTypeLength = 64;

    public static InventoryInstance Instance(InventoryEntry entry)
    {
        var id = entry.Name!;
        if (!InstanceId.IsListable(id))
        {
            throw entry.Wrong($"'{id}' is not an instance id; one consists of letters, digits and -_.: only");
        }

        if (entry.Text is not null)
        {
            return new(id, Address(id, entry), null);
        }

        IPAddress? address = null;
        string? zone = null;
        string? vpc = null;
        AccountId? account = null;
        string? type = null;
        var tags = EquatableArray<Tag>.Empty;
        foreach (var member in entry.Members($"'{id}' must be an address or a JSON object"))
        {
            switch (member.Name)
            {
                case "address":
                    address = Address(id, member);
                    break;
                case "zone":
                    zone = member.Value.ValueKind == JsonValueKind.Null ? null : Zone(id, member, "; leave it out when it is not known");
                    break;
                case "vpc":
                    vpc = member.Value.ValueKind == JsonValueKind.Null ? null : Id(member with { Name = member.Text ?? "" }, NetworkId.Vpc);
                    break;
                case "account":
                    account = AccountId.IsValid(member.Text)
                        ? new(member.Text!)
                        : throw entry.Wrong($"the account of '{id}' must be a text of twelve digits");
                    break;
                case "type":
                    type = Type(id, member);
                    break;
                case "tags":
                    tags = Tags(id, member);
                    break;
                default:
                    throw Unknown(id, member, "address, zone, vpc, account, type and tags");
            }
        }

        return new(id, address ?? throw entry.Wrong($"'{id}' has no address"), zone, vpc, account, type, tags);
    }

    public static Vpc Vpc(InventoryEntry entry)
    {
        var vpc = new Vpc { VpcId = Id(entry, NetworkId.Vpc) };
        foreach (var member in entry.Members($"'{vpc.VpcId}' must be a JSON object"))
        {
            vpc = member.Name switch
            {
                "cidr" => vpc with { Cidr = Cidr(vpc.VpcId, member, isIPv4Only: true) },
                "default" => vpc with { IsDefault = Truth(vpc.VpcId, member) },
                "internetGateway" => vpc with { HasInternetGateway = Truth(vpc.VpcId, member) },
                "tags" => vpc with { Tags = Tags(vpc.VpcId, member) },
                _ => throw Unknown(vpc.VpcId, member, "cidr, default, internetGateway and tags"),
            };
        }

        return vpc;
    }

    public static Subnet Subnet(InventoryEntry entry)
    {
        var subnet = new Subnet { SubnetId = Id(entry, NetworkId.Subnet), VpcId = "", AvailabilityZone = "" };
        foreach (var member in entry.Members($"'{subnet.SubnetId}' must be a JSON object"))
        {
            subnet = member.Name switch
            {
                "zone" => subnet with { AvailabilityZone = Zone(subnet.SubnetId, member, "") },
                "vpc" => subnet with { VpcId = Id(member with { Name = member.Text ?? "" }, NetworkId.Vpc) },
                "cidr" => subnet with { Cidr = Cidr(subnet.SubnetId, member, isIPv4Only: true) },
                "tags" => subnet with { Tags = Tags(subnet.SubnetId, member) },
                _ => throw Unknown(subnet.SubnetId, member, "zone, vpc, cidr and tags"),
            };
        }

        return subnet is { VpcId.Length: > 0, AvailabilityZone.Length: > 0 }
            ? subnet
            : throw entry.Wrong($"'{subnet.SubnetId}' needs both a zone and a vpc");
    }

    public static SecurityGroup SecurityGroup(InventoryEntry entry)
    {
        var id = Id(entry, NetworkId.SecurityGroup);
        var group = new SecurityGroup { GroupId = id, Name = id, VpcId = "" };
        foreach (var member in entry.Members($"'{id}' must be a JSON object"))
        {
            group = member.Name switch
            {
                "name" => group with { Name = Text(id, member) },
                "vpc" => group with { VpcId = Id(member with { Name = member.Text ?? "" }, NetworkId.Vpc) },
                "description" => group with { Description = Text(id, member) },
                "ingress" =>
                    group with
                    {
                        Ingress = member.Items(
                            $"the ingress of '{id}' must be a list of rules").Select(rule => Rule(id, rule)).ToEquatableArray(),
                    },
                "tags" => group with { Tags = Tags(id, member) },
                _ => throw Unknown(id, member, "name, vpc, description, ingress and tags"),
            };
        }

        return group.VpcId.Length > 0 ? group : throw entry.Wrong($"'{id}' needs a vpc");
    }

    /// <summary>An object of texts, in the limits that AWS has for tags.</summary>
    private static EquatableArray<Tag> Tags(string id, InventoryEntry entry)
    {
        var tags = entry.Members($"the tags of '{id}' must be a JSON object").Select(member => new Tag(
            member.Name!, member.Text ?? throw member.Wrong($"the tag '{member.Name}' of '{id}' must be a text"))).ToEquatableArray();
        return tags.FirstOrDefault(tag => !TagLimits.Allow(tag)) is { } wrong
            ? throw entry.Wrong(
                $"the tag '{wrong.Key}' of '{id}' is none; a key has 1 to {TagLimits.KeyLength} characters and a value at most " +
                $"{TagLimits.ValueLength}")
            : tags.DistinctBy(tag => tag.Key).Count() < tags.Count
                ? throw entry.Wrong($"'{id}' has a tag twice")
                : tags.Count <= TagLimits.Count ? tags : throw entry.Wrong($"'{id}' has more than {TagLimits.Count} tags");
    }

    private static IngressRule Rule(string groupId, InventoryEntry entry)
    {
        var rule = new IngressRule { Protocol = "tcp", Sources = [] };
        foreach (var member in entry.Members($"an ingress rule of '{groupId}' must be a JSON object"))
        {
            rule = member.Name switch
            {
                "protocol" when member.Text is "tcp" or "udp" or "icmp" => rule with { Protocol = member.Text },
                "protocol" when member.Text is "all" => rule with { Protocol = IngressRule.AnyProtocol },
                "protocol" => throw entry.Wrong($"the protocol of an ingress rule of '{groupId}' must be tcp, udp, icmp or all"),
                "ports" => WithPorts(rule, groupId, member),
                "sources" => rule with
                {
                    Sources = member.Items($"the sources of an ingress rule of '{groupId}' must be a list of networks")
                        .Select(source => Cidr(groupId, source, isIPv4Only: false)).Distinct().ToEquatableArray(),
                },
                _ => throw Unknown(groupId, member, "protocol, ports and sources"),
            };
        }

        return rule.Sources.Count > 0
            ? rule
            : throw entry.Wrong($"an ingress rule of '{groupId}' needs sources; leave the rule out to let nobody in");
    }

    /// <summary>A number, <c>"80"</c>, or <c>"8000-8100"</c>.</summary>
    private static IngressRule WithPorts(IngressRule rule, string groupId, InventoryEntry entry)
    {
        var text = entry.Value.ValueKind == JsonValueKind.Number ? entry.Value.GetRawText() : entry.Text ?? "";
        var parts = text.Split('-');
        return parts.Length <= 2 && ushort.TryParse(parts[0], out var from) && ushort.TryParse(parts[^1], out var to) && from <= to
            ? rule with { FromPort = from, ToPort = to }
            : throw entry.Wrong(
                $"the ports of an ingress rule of '{groupId}' must be one port or two with a hyphen, such as 80 or \"8000-8100\"");
    }

    private static IPAddress Address(string id, InventoryEntry entry) =>
        entry.Text is { } text && InstanceId.TryParseAddress(text, out var address)
            ? address
            : throw entry.Wrong($"the address of '{id}' must be an IPv4 or IPv6 address that traffic can be sent to");

    private static string Zone(string id, InventoryEntry entry, string advice) =>
        entry.Text is { Length: > 0 } zone && zone.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            ? zone
            : throw entry.Wrong($"the zone of '{id}' must be a name such as us-east-1a{advice}");

    private static string Type(string id, InventoryEntry entry) =>
        entry.Text is { Length: > 0 and <= MaximumTypeLength } type
            && type.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-')
            ? type
            : throw entry.Wrong($"the type of '{id}' must be a name such as t3.micro");

    private static string Id(InventoryEntry entry, string prefix) => NetworkId.IsWellFormed(entry.Name!, prefix)
        ? entry.Name!
        : throw entry.Wrong($"'{entry.Name}' is not an id; one here is {prefix} and up to 17 digits, 0-9 and a-f");

    private static string Cidr(string id, InventoryEntry entry, bool isIPv4Only) =>
        IPNetwork.TryParse(entry.Text, out var network) && (!isIPv4Only || network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)

            && !network.BaseAddress.IsIPv4MappedToIPv6
            && network.BaseAddress is not { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            ? network.ToString()
            : throw entry.Wrong($"'{id}' names a network that is none; one is written as 10.0.0.0/8{(isIPv4Only ? "" : " or fd00::/8")}");

    private static bool Truth(string id, InventoryEntry entry) =>
        entry.Truth ?? throw entry.Wrong($"'{entry.Name}' of '{id}' must be true or false");

    private static string Text(string id, InventoryEntry entry) =>
        entry.Text is { Length: > 0 and <= MaximumText } text && !text.Any(char.IsControl)
            ? text
            : throw entry.Wrong($"'{entry.Name}' of '{id}' must be a text of at most {MaximumText} characters");

    private static InventoryFileException Unknown(string id, InventoryEntry member, string known) =>
        member.Wrong($"'{id}' has a member '{member.Name}', which means nothing here; known are {known}");
}
