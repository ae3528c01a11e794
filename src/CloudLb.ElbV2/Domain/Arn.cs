using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CloudLb.Core.Accounts;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// What a resource is called, in AWS's form, of which clients cut parents and names: <c>loadbalancer/app/NAME/ID</c>,
/// <c>listener/app/NAME/ID/ID</c>, <c>listener-rule/app/NAME/ID/ID/ID</c>, <c>targetgroup/NAME/ID</c>, <c>truststore/NAME/ID</c>. An id is
/// sixteen lower-case hexadecimal digits, another one each time a name is used again.
/// </summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Region">The region that it is in.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Path">What stands behind the kind and a slash.</param>
[JsonConverter(typeof(ArnJsonConverter))]
public sealed partial record Arn(AccountId Account, string Region, ArnKind Kind, string Path) : IComparable<Arn>
{
    private const int LoadBalancerParts = 3;

    /// <summary>The last part.</summary>
    public string Id => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The name of the load balancer, target group or trust store.</summary>
    public string Name => Path.Split('/') is var parts && Kind is ArnKind.TargetGroup or ArnKind.TrustStore ? parts[0] : parts[1];

    /// <summary>The load balancer that a listener or a rule is of.</summary>
    public Arn LoadBalancer => this with { Kind = ArnKind.LoadBalancer, Path = Parts(LoadBalancerParts) };

    /// <summary>The listener that a rule is of.</summary>
    public Arn Listener => this with { Kind = ArnKind.Listener, Path = Parts(LoadBalancerParts + 1) };

    /// <summary>As it stands on the wire and in the store.</summary>
    public override string ToString() => $"arn:aws:elasticloadbalancing:{Region}:{Account}:{Word(Kind)}/{Path}";

    public static Arn OfLoadBalancer(AccountId account, string region, LoadBalancerType type, string name) =>
        new(account, region, ArnKind.LoadBalancer, $"{(type == LoadBalancerType.Application ? "app" : "net")}/{name}/{NewId()}");

    public static Arn OfTargetGroup(AccountId account, string region, string name) =>
        new(account, region, ArnKind.TargetGroup, $"{name}/{NewId()}");

    public static Arn OfTrustStore(AccountId account, string region, string name) =>
        new(account, region, ArnKind.TrustStore, $"{name}/{NewId()}");

    /// <summary>A new listener of this load balancer.</summary>
    public Arn NewListener() => this with { Kind = ArnKind.Listener, Path = $"{Path}/{NewId()}" };

    /// <summary>A new rule of this listener.</summary>
    public Arn NewRule() => this with { Kind = ArnKind.Rule, Path = $"{Path}/{NewId()}" };

    /// <summary>By account and region, then by what it names.</summary>
    public int CompareTo(Arn? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Account.CompareTo(other.Account);
        order = order != 0 ? order : string.CompareOrdinal(Region, other.Region);
        order = order != 0 ? order : Kind.CompareTo(other.Kind);
        return order != 0 ? order : string.CompareOrdinal(Path, other.Path);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Arn? arn)
    {
        var match = Form().Match(text);
        arn = match.Success && KindOf(match.Groups["kind"].Value, match.Groups["path"].Value) is { } kind
            ? new(new(match.Groups["account"].Value), match.Groups["region"].Value, kind, match.Groups["path"].Value)
            : null;
        return arn is not null;
    }

    public static Arn Parse(string text) => TryParse(text, out var arn) ? arn : throw new FormatException($"'{text}' is no ARN.");

    private static ArnKind? KindOf(string word, string path) => word switch
    {
        "loadbalancer" when LoadBalancerPath().IsMatch(path) => ArnKind.LoadBalancer,
        "listener" when ListenerPath().IsMatch(path) => ArnKind.Listener,
        "listener-rule" when RulePath().IsMatch(path) => ArnKind.Rule,
        "targetgroup" when NamedPath().IsMatch(path) => ArnKind.TargetGroup,
        "truststore" when NamedPath().IsMatch(path) => ArnKind.TrustStore,
        _ => null,
    };

    private static string Word(ArnKind kind) => kind switch
    {
        ArnKind.LoadBalancer => "loadbalancer",
        ArnKind.Listener => "listener",
        ArnKind.Rule => "listener-rule",
        ArnKind.TargetGroup => "targetgroup",
        _ => "truststore",
    };

    private string Parts(int count) => string.Join('/', Path.Split('/').Take(count));

    private static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    [GeneratedRegex(
        @"\Aarn:aws:elasticloadbalancing:(?<region>[A-Za-z0-9._-]{1,64}):(?<account>[0-9]{12}):" +
        @"(?<kind>[a-z-]{1,16})/(?<path>.{1,160})\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\A(app|net|gwy)/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}\z")]
    private static partial Regex LoadBalancerPath();

    [GeneratedRegex(@"\A(app|net|gwy)/[A-Za-z0-9-]{1,32}(/[0-9a-f]{16}){2}\z")]
    private static partial Regex ListenerPath();

    [GeneratedRegex(@"\A(app|net|gwy)/[A-Za-z0-9-]{1,32}(/[0-9a-f]{16}){3}\z")]
    private static partial Regex RulePath();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,32}/[0-9a-f]{16}\z")]
    private static partial Regex NamedPath();
}
