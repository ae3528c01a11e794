using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.Inventory;

/// <summary>Ids of VPCs, subnets and security groups: a prefix and hexadecimal digits.</summary>
public static class NetworkId
{
    public const string Vpc = "vpc-";
    public const string Subnet = "subnet-";
    public const string SecurityGroup = "sg-";
    public const string NetworkInterface = "eni-";

    /// <summary>EC2 gives 8 digits (until 2016) or 17. Shorter ones, which people make up, are taken as well.</summary>
    private const int MaximumDigits = 17;

    public static bool IsWellFormed(string id, string prefix) =>
        id.StartsWith(prefix, StringComparison.Ordinal) && id.Length > prefix.Length && id.Length <= prefix.Length + MaximumDigits
        && id.AsSpan(prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>The same id whenever it is asked for: 17 digits of the SHA-256 of what it is for.</summary>
    public static string Of(string prefix, AccountId account, string region, string what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}{account}/{region}/{what}"));
        return prefix + Convert.ToHexStringLower(hash)[..MaximumDigits];
    }
}
