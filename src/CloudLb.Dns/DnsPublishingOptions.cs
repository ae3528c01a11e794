using System.ComponentModel.DataAnnotations;
using System.Net;
using CloudLb.Core.Addresses;

namespace CloudLb.Dns;

/// <summary>The name server that is told the load balancers' names (RFC 2136), with a key that it knows (TSIG).</summary>
public sealed class DnsPublishingOptions : IValidatableObject
{
    public const string Section = "CloudLb:DnsPublishing";

    /// <summary>The server that has the zone: an address, and a port where it is not 53. Default: none, nothing is published.</summary>
    public string? Server { get; set; }

    /// <summary>The zone that names are put into. Default: how DNS names end.</summary>
    public string? Zone { get; set; }

    /// <summary>A file with the key, as <c>tsig-keygen</c> writes it; CloudLb's user must be able to read it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>What speaks with the server: <c>nsupdate</c> of Debian's bind9-dnsutils. Default: that of the PATH.</summary>
    public string Program { get; set; } = "nsupdate";

    /// <summary>Null when nothing is published.</summary>
    public IPEndPoint? Place => Server is { Length: > 0 } server && IPEndPoint.TryParse(server, out var place)
        ? new(place.Address, place.Port == 0 ? 53 : place.Port)
        : null;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults().Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults()
    {
        if (Server is not { Length: > 0 })
        {
            if (KeyFile is { Length: > 0 } || Zone is { Length: > 0 })
            {
                yield return $"{Section}:KeyFile and Zone have no effect without {Section}:Server; remove them, or name the server.";
            }

            yield break;
        }

        if (Place is null)
        {
            yield return $"{Section}:Server is '{Server}'; it must be an address, and where needed a port, such as 10.0.0.53:53.";
        }

        if (KeyFile is not { Length: > 0 } || !File.Exists(KeyFile))
        {
            yield return $"{Section}:KeyFile is '{KeyFile}'; it must be a file with the key that the server knows, as " +
                "tsig-keygen writes it.";
        }

        if (Zone is { Length: > 0 } zone && !HostNameClaims.IsName(zone))
        {
            yield return $"{Section}:Zone is '{zone}', which is no domain name in lower case.";
        }
    }
}
