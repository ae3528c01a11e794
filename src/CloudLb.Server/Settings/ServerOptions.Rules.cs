using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CloudLb.Core.Addresses;
using CloudLb.Operator.Metrics;
using CloudLb.Operator.Monitoring;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the server's own settings together.</summary>
public sealed partial class ServerOptions : IValidatableObject
{
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var configuration = (IConfiguration)validationContext.GetService(typeof(IConfiguration))!;
        return UrlFaults().Concat(DirectoryFaults()).Concat(KeyFaults()).Concat(PlaceFaults()).Concat(PathFaults(configuration))
            .Concat(AddressFaults()).Concat(SharedFaults(configuration)).Concat(ElasticFaults(configuration))
            .Select(fault => new ValidationResult(fault));
    }

    private IEnumerable<string> UrlFaults()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            yield return $"CloudLb:Url is '{Url}'; it must be http:// or https:// with a host and a port, such as http://127.0.0.1:8000.";
            yield break;
        }

        if (url.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) && url.Host != "localhost")
        {
            yield return $"CloudLb:Url is '{Url}'; its host must be an address of this machine, 0.0.0.0 or [::] for all of them, or " +
                "localhost.";
        }

        if (url.Scheme == "https" && CertificateFile is null)
        {
            yield return "CloudLb:CertificateFile must name a PEM file, as CloudLb:Url is https.";
        }

        if (url.Scheme == "http" && (CertificateFile ?? CertificateKeyFile) is not null)
        {
            yield return "CloudLb:CertificateFile and CloudLb:CertificateKeyFile have no effect, as CloudLb:Url is http; make the URL " +
                "https or remove them.";
        }

        foreach (var (setting, file) in new[]
        {
            (nameof(CertificateFile), CertificateFile), (nameof(CertificateKeyFile), CertificateKeyFile),
        })
        {
            if (file is not null && !File.Exists(file))
            {
                yield return string.IsNullOrWhiteSpace(file)
                    ? $"CloudLb:{setting} is empty; it must name a PEM file."
                    : $"CloudLb:{setting} is {Path.GetFullPath(file)}, which does not exist; it must name a PEM file.";
            }
        }
    }

    private IEnumerable<string> DirectoryFaults()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            yield return "CloudLb:DataDirectory is empty; it must name a directory.";
        }
        else if (File.Exists(DataDirectory))
        {
            yield return $"CloudLb:DataDirectory is '{DataDirectory}', which is a file; it must name a directory.";
        }
    }

    private IEnumerable<string> KeyFaults()
    {
        if (string.IsNullOrEmpty(AccessKeyId) != string.IsNullOrEmpty(SecretAccessKey))
        {
            yield return "CloudLb:AccessKeyId and CloudLb:SecretAccessKey go together: give both, or neither to have a pair made at " +
                "first start.";
        }

        var ids = AccessKeys.Select(key => key.AccessKeyId).Append(AccessKeyId ?? "").Where(id => id.Length > 0);
        foreach (var twice in ids.CountBy(id => id).Where(count => count.Value > 1))
        {
            yield return $"CloudLb: the access key id {twice.Key} is given more than once.";
        }
    }

    private IEnumerable<string> PlaceFaults()
    {
        var named = Regions.Where(region => region != AnyRegion).Select(region => (Setting: nameof(Regions), Region: region))
            .Concat(Zones.Keys.Select(region => (Setting: nameof(Zones), Region: region)));
        foreach (var (setting, region) in named.Where(each => !PlaceForm().IsMatch(each.Region)))
        {
            yield return $"CloudLb:{setting} has '{region}', which is not a region; one is 1 to 64 letters, digits and hyphens.";
        }

        foreach (var (region, zones) in Zones)
        {
            if (zones.Count == 0 || zones.Any(zone => !PlaceForm().IsMatch(zone)))
            {
                yield return $"CloudLb:Zones:{region} must list one zone or more, each 1 to 64 letters, digits and hyphens.";
            }
        }
    }

    private IEnumerable<string> PathFaults(IConfiguration configuration)
    {
        foreach (var path in ServicePaths.Where(path => !PathForm().IsMatch(path)))
        {
            yield return $"CloudLb:ServicePaths has '{path}', which is no path; one is written /services/LoadBalancing, " +
                "of letters, digits, '-', '.', '_' and '~'.";
        }

        var metrics = configuration.GetSection(MetricsOptions.Section);
        var isMonitored = string.IsNullOrEmpty(metrics[nameof(MetricsOptions.Url)])
            && metrics.GetValue(nameof(MetricsOptions.Enabled), defaultValue: true);
        foreach (var path in ServicePaths.Where(path => isMonitored && MonitoringEndpoints.Paths.Contains(path)))
        {
            yield return $"CloudLb:ServicePaths has '{path}', where monitoring is answered; give that a place of its own with " +
                "CloudLb:Metrics:Url, or switch it off.";
        }
    }

    /// <summary>Every network of a pool, with the setting that has it.</summary>
    internal IEnumerable<(string Setting, string Network)> AllAddressPools =>
    [
        .. AddressPool.Select(network => (nameof(AddressPool), network)),
        .. InternalAddressPool.Select(network => (nameof(InternalAddressPool), network)),
        .. IPv6AddressPool.Select(network => (nameof(IPv6AddressPool), network)),
        .. SubnetAddressPools.SelectMany(
            pool => pool.Value.Select(network => ($"{nameof(SubnetAddressPools)}:{pool.Key}", network))),
    ];

    private IEnumerable<string> SharedFaults(IConfiguration configuration)
    {
        var text = configuration[$"{SharedAddressOptions.Section}:{nameof(SharedAddressOptions.Address)}"];
        if (IPAddress.TryParse(text, out var shared))
        {
            foreach (var (setting, _) in AllAddressPools
                .Where(pool => IPNetwork.TryParse(pool.Network, out var network) && network.Contains(shared)))
            {
                yield return $"{SharedAddressOptions.Section}:Address is {shared}, which CloudLb:{setting} holds too; a load balancer of "
                    + "its own may not have it, so take it out of the pool.";
            }
        }
    }

    private IEnumerable<string> AddressFaults()
    {
        var networks = new List<(string Setting, IPNetwork Network)>();
        foreach (var (setting, text) in AllAddressPools)
        {
            if (!IPNetwork.TryParse(text, out var network) || network.PrefixLength < 8)
            {
                yield return $"CloudLb:{setting} has '{text}', which is no network; one is written 127.0.64.0/18 or fd00:1::/64, "
                    + "with a prefix of 8 at least.";
                continue;
            }

            if (setting == nameof(IPv6AddressPool) && network.BaseAddress.AddressFamily != AddressFamily.InterNetworkV6)
            {
                yield return $"CloudLb:{setting} has {network}, which is no network of IPv6; one is written fd00:1::/64.";
            }

            foreach (var (other, taken) in networks.Where(known => known.Setting != setting
                && (known.Network.Contains(network.BaseAddress) || network.Contains(known.Network.BaseAddress))))
            {
                yield return $"CloudLb:{setting} has {network}, and CloudLb:{other} {taken}; an address can be of one pool alone.";
            }

            networks.Add((setting, network));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex PlaceForm();

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]{1,64}){1,8}\z")]
    private static partial Regex PathForm();
}
