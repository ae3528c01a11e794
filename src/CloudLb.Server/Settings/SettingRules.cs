using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Core.Accounts;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the server's own settings.</summary>
internal static partial class SettingRules
{
    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(ServerOptions options) =>
    [
        .. UrlFaults(options), .. DirectoryFaults(options), .. KeyFaults(options), .. PlaceFaults(options), .. PathFaults(options), .. AddressFaults(options), .. QuotaFaults(options.Quotas),
    ];

    private static IEnumerable<string> UrlFaults(ServerOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            yield return $"CloudLb:Url is '{options.Url}'; it must be http:// or https:// with a host and a port, such as http://127.0.0.1:8000.";
            yield break;
        }

        if (url.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) && url.Host != "localhost")
        {
            yield return $"CloudLb:Url is '{options.Url}'; its host must be an address of this machine, 0.0.0.0 or [::] for all of them, or localhost.";
        }

        if (url.Scheme == "https" && options.CertificateFile is null)
        {
            yield return "CloudLb:CertificateFile must name a PEM file, as CloudLb:Url is https.";
        }

        if (url.Scheme == "http" && (options.CertificateFile ?? options.CertificateKeyFile) is not null)
        {
            yield return "CloudLb:CertificateFile and CloudLb:CertificateKeyFile have no effect, as CloudLb:Url is http; make the URL https or remove them.";
        }

        foreach (var file in new[] { options.CertificateFile, options.CertificateKeyFile }.Where(file => file is not null && !File.Exists(file)))
        {
            yield return $"{Path.GetFullPath(file!)} does not exist; CloudLb:CertificateFile and CloudLb:CertificateKeyFile must name PEM files.";
        }
    }

    private static IEnumerable<string> DirectoryFaults(ServerOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            yield return "CloudLb:DataDirectory is empty; it must name a directory.";
        }
        else if (File.Exists(options.DataDirectory))
        {
            yield return $"CloudLb:DataDirectory is '{options.DataDirectory}', which is a file; it must name a directory.";
        }
    }

    private static IEnumerable<string> KeyFaults(ServerOptions options)
    {
        if (!Core.Accounts.AccountId.IsValid(options.AccountId))
        {
            yield return $"CloudLb:AccountId is '{options.AccountId}'; it must be twelve digits.";
        }

        if (string.IsNullOrEmpty(options.AccessKeyId) != string.IsNullOrEmpty(options.SecretAccessKey))
        {
            yield return "CloudLb:AccessKeyId and CloudLb:SecretAccessKey go together: give both, or neither to have a pair made at first start.";
        }
        else if (!string.IsNullOrEmpty(options.AccessKeyId) && !AccessKeyIdForm().IsMatch(options.AccessKeyId))
        {
            yield return "CloudLb:AccessKeyId must be 3 to 128 letters, digits or underscores.";
        }

        for (var index = 0; index < options.AccessKeys.Count; index++)
        {
            var key = options.AccessKeys[index];
            if (!Core.Accounts.AccountId.IsValid(key.AccountId) || !AccessKeyIdForm().IsMatch(key.AccessKeyId) || key.SecretAccessKey.Length == 0)
            {
                yield return $"CloudLb:AccessKeys:{index} must have an AccountId of twelve digits, an AccessKeyId of 3 to 128 letters, digits or underscores, " +
                    "and a SecretAccessKey.";
            }

            if (key.Permission == AccessKeyPermission.RegisterSelf)
            {
                if (key.LoadBalancers.Count == 0 || key.LoadBalancers.Any(name => !LoadBalancerNameForm().IsMatch(name)))
                {
                    yield return $"CloudLb:AccessKeys:{index}:LoadBalancers must name the load balancers that the key may register itself with, as its Permission is RegisterSelf.";
                }
            }
            else if (key.LoadBalancers.Count + key.Instances.Count > 0)
            {
                yield return $"CloudLb:AccessKeys:{index}: LoadBalancers and Instances have no effect, as its Permission is {key.Permission}; " +
                    "make it RegisterSelf or remove them.";
            }
        }

        var ids = options.AccessKeys.Select(key => key.AccessKeyId).Append(options.AccessKeyId ?? "").Where(id => id.Length > 0);
        foreach (var twice in ids.CountBy(id => id).Where(count => count.Value > 1))
        {
            yield return $"CloudLb: the access key id {twice.Key} is given more than once.";
        }
    }

    private static IEnumerable<string> PlaceFaults(ServerOptions options)
    {
        foreach (var region in options.Regions.Where(region => region != ServerOptions.AnyRegion).Concat(options.Zones.Keys).Where(region => !PlaceForm().IsMatch(region)))
        {
            yield return $"CloudLb: '{region}' is not a region; one is 1 to 64 letters, digits and hyphens.";
        }

        foreach (var (region, zones) in options.Zones)
        {
            if (zones.Count == 0 || zones.Any(zone => !PlaceForm().IsMatch(zone)))
            {
                yield return $"CloudLb:Zones:{region} must list one zone or more, each 1 to 64 letters, digits and hyphens.";
            }
        }

        if (!DnsSuffixForm().IsMatch(options.DnsSuffix) || options.DnsSuffix.Length > 120)
        {
            yield return $"CloudLb:DnsSuffix is '{options.DnsSuffix}'; it must be a domain name such as elb.example.com, of at most 120 characters.";
        }
    }

    private static IEnumerable<string> PathFaults(ServerOptions options) => options.ServicePaths
        .Where(path => !PathForm().IsMatch(path))
        .Select(path => $"CloudLb:ServicePaths has '{path}', which is no path; one is written /services/LoadBalancing, of letters, digits, '-', '.', '_' and '~'.");

    private static IEnumerable<string> AddressFaults(ServerOptions options) => options.AddressPool
        .Where(text => !IPNetwork.TryParse(text, out var network) || network.PrefixLength < 8)
        .Select(text => $"CloudLb:AddressPool has '{text}', which is no network; one is written 127.0.64.0/18 or fd00:1::/64, " +
            "with a prefix of 8 at least.");

    private static IEnumerable<string> QuotaFaults(QuotaOptions quotas) =>
        new (string Name, int Value)[]
        {
            ("classic-load-balancers", quotas.LoadBalancers), ("classic-listeners", quotas.Listeners),
            ("classic-registered-instances", quotas.RegisteredInstances), ("ServerCertificatesQuota", quotas.ServerCertificates),
        }
        .Where(quota => quota.Value < 1)
        .Select(quota => $"CloudLb:Quotas:{quota.Name} is {quota.Value}; it must be 1 at least.");

    [GeneratedRegex(@"\A\w{3,128}\z", RegexOptions.ECMAScript)]
    private static partial Regex AccessKeyIdForm();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex PlaceForm();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?\z")]
    private static partial Regex LoadBalancerNameForm();

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]{1,64}){1,8}\z")]
    private static partial Regex PathForm();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex DnsSuffixForm();
}
