using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CloudLb.Dns;

/// <summary>Where the names of load balancers are answered, and to whom.</summary>
public sealed class DnsOptions : IValidatableObject
{
    public const string Section = "CloudLb:Dns";

    /// <summary>Where the responder listens, if nobody else does, when the names are below <c>localhost</c> and nothing is said.</summary>
    public static readonly IPEndPoint AtHome = new(IPAddress.Loopback, 5300);

    /// <summary>Whether names are answered at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Addresses and ports, <c>10.0.0.5:53</c> or <c>[fd00::5]:53</c>, for UDP and TCP; without a port it is 53. Default: none, and
    /// <see cref="AtHome"/>, if it is free, with names below <c>localhost</c>.
    /// </summary>
    public List<string> Listen { get; set; } = [];

    /// <summary>Who is told the names of internal load balancers, in CIDR form; none: everybody, as at AWS. This machine always.</summary>
    public List<string> InternalNetworks { get; set; } = [];

    /// <summary>
    /// Answers a second to each /24, or /56 of IPv6, by UDP; 10 to 1,000,000, default 200. A resolver asks once a minute for each name that
    /// its clients want.
    /// </summary>
    [Range(10, 1_000_000)]
    public int AnswersPerSecond { get; set; } = 200;

    /// <summary>Of <see cref="Listen"/>.</summary>
    public IReadOnlyList<IPEndPoint> Places => [.. Listen.Select(ParsePlace).OfType<IPEndPoint>()];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        foreach (var place in Listen)
        {
            if (ParsePlace(place) is not { } parsed)
            {
                yield return new($"{Section}:Listen has '{place}'; it must be an address of this machine and a port, such as 10.0.0.5:53.");
            }
            else if (parsed.Address.Equals(IPAddress.Any) || parsed.Address.Equals(IPAddress.IPv6Any))
            {
                yield return new($"{Section}:Listen has '{place}'; name each address, as an answer must come from the one that was asked.");
            }
        }

        foreach (var network in InternalNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return new($"{Section}:InternalNetworks has '{network}', which is no network; one is written 10.0.0.0/8.");
        }

        if (!Enabled && Listen.Count > 0)
        {
            yield return new($"{Section}:Listen has no effect, as {Section}:Enabled is false; remove one of them.");
        }
    }

    private static IPEndPoint? ParsePlace(string text) =>
        IPEndPoint.TryParse(text, out var place) && !text.EndsWith(":0", StringComparison.Ordinal)
            ? new(place.Address, place.Port == 0 ? 53 : place.Port)
            : null;
}
