using System.ComponentModel.DataAnnotations;
using System.Net;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.Addresses;

/// <summary>An address for all load balancers beside their own, and which host names are whose there.</summary>
public sealed class SharedAddressOptions : IValidatableObject
{
    public const string Section = "CloudLb:SharedAddress";

    /// <summary>Whether there is one. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The machine's address. Default: none, and 127.0.0.1, ports 80 and 443 alone, if they are free, with DNS names below
    /// <c>localhost</c>.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>
    /// By account, or <see cref="HostNameClaims.Everybody"/>: the domains whose names, and all below, its load balancers may claim.
    /// Default: none, and <c>localhost</c> for everybody with DNS names below that.
    /// </summary>
    public Dictionary<string, List<string>> Domains { get; set; } = [];

    /// <summary>Null when nothing is shared.</summary>
    /// <param name="suffix">How DNS names end.</param>
    /// <param name="isForTests">Whether the server keeps nothing, and takes no place that others may want.</param>
    public SharedAddress? Shared(string suffix, bool isForTests) => !Enabled ? null
        : Address is { Length: > 0 } address ? new(IPAddress.Parse(address), IsOurChoice: false)
        : LocalNames.IsOne(suffix) && !isForTests ? new(IPAddress.Loopback, IsOurChoice: true)
        : null;

    /// <inheritdoc cref="Shared"/>
    public HostNameClaims Claims(string suffix, bool isForTests) => new(
        Shared(suffix, isForTests) is not null,
        suffix,
        Domains.Count == 0 && LocalNames.IsOne(suffix)
            ? new Dictionary<string, IReadOnlyList<string>> { [HostNameClaims.Everybody] = [LocalNames.Root] }
            : Domains.ToDictionary(domain => domain.Key, domain => (IReadOnlyList<string>)domain.Value));

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults().Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults()
    {
        if (Address is { Length: > 0 } address)
        {
            if (!IPAddress.TryParse(address, out var parsed) || parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any))
            {
                yield return $"{Section}:Address is '{address}'; it must be one address of this machine.";
            }

            if (!Enabled)
            {
                yield return $"{Section}:Address has no effect, as {Section}:Enabled is false; remove one of them.";
            }
        }

        foreach (var account in Domains.Keys.Where(account => account != HostNameClaims.Everybody && !AccountId.IsValid(account)))
        {
            yield return $"{Section}:Domains has '{account}', which is no account of twelve digits, nor {HostNameClaims.Everybody} for "
                + "all.";
        }

        foreach (var domain in Domains.Values.SelectMany(domains => domains).Where(domain => !HostNameClaims.IsName(domain)))
        {
            yield return $"{Section}:Domains has '{domain}', which is no domain name in lower case.";
        }
    }
}
