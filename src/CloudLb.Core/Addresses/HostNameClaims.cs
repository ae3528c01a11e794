using System.Text.RegularExpressions;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>
/// Which host names an account's load balancers may have besides their DNS names: those in domains that a setting gives it, that no other
/// load balancer of the installation has.
/// </summary>
/// <param name="isShared">Whether there is a shared address, where alone host names mean anything.</param>
/// <param name="suffix">How DNS names end: no name there is anybody's to claim.</param>
/// <param name="domains">By account, or <see cref="Everybody"/>: domains, whose names and all below them may be claimed.</param>
public sealed partial class HostNameClaims(bool isShared, string suffix, IReadOnlyDictionary<string, IReadOnlyList<string>> domains)
{
    /// <summary>The tag: host names, with blanks between them.</summary>
    public const string Tag = "cloudlb:hostnames";

    /// <summary>In the place of an account.</summary>
    public const string Everybody = "*";

    /// <summary>Nobody may claim any.</summary>
    public static readonly HostNameClaims None = new(false, "", new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The names in the tag's value, in lower case and each once; what is no host name is left out.</summary>
    public static IEnumerable<string> NamesIn(string? value) => WordsIn(value).Where(IsName).Distinct();

    /// <summary>Null when an account may claim all that stands in the tag's value; else why not.</summary>
    /// <param name="account">Whose load balancer it is.</param>
    /// <param name="value">The tag's.</param>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="isSelf">Whether a resource is the load balancer itself.</param>
    public string? WhyNot(string account, string value, Snapshot snapshot, Func<ResourceUser, bool> isSelf)
    {
        if (!isShared)
        {
            return $"The tag {Tag} has no effect, as there is no shared address here (CloudLb:SharedAddress:Address).";
        }

        foreach (var name in WordsIn(value))
        {
            if (!IsName(name))
            {
                return $"'{name}' in the tag {Tag} is not a host name.";
            }

            if (!MayClaim(account, name))
            {
                return $"The account {account} may not claim the host name '{name}'.";
            }

            if (snapshot.UsersOf(Use.OfHostName(name)).Any(user => !isSelf(user)))
            {
                return $"The host name '{name}' belongs to another load balancer.";
            }
        }

        return null;
    }

    /// <summary>Whether a name, in lower case, is in a domain of the account's.</summary>
    public bool MayClaim(string account, string name) => isShared && !IsWithin(name, suffix)
        && new[] { account, Everybody }.Any(key => domains.GetValueOrDefault(key, []).Any(domain => IsWithin(name, domain)));

    /// <summary>Whether text is a host name in lower case that is no address.</summary>
    public static bool IsName(string text) => text.Length <= 253 && NameForm().IsMatch(text);

    private static IEnumerable<string> WordsIn(string? value) =>
        (value ?? "").ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsWithin(string name, string domain) => name.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    // The last label is none of an address's.
    [GeneratedRegex(@"\A([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex NameForm();
}
