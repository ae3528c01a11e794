namespace CloudLb.Server.Settings;

/// <summary>
/// The settings of CloudLb itself; those of a room stand in a section of their own. Defaults, units and ranges: docs/settings.md.
/// </summary>
public sealed partial class ServerOptions
{
    public const string Section = "CloudLb";

    /// <summary>Among <see cref="Regions"/>: every region that is not named.</summary>
    public const string AnyRegion = "*";

    /// <summary>Where the API listens: <c>http://</c> or <c>https://</c>, a host and a port.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8000";

    /// <summary>The certificate for an https URL, in PEM; may hold the key too.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate's key in PEM, when it does not stand in the certificate file.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Everything that is kept stands below it; made with mode 0700.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Whether nothing is kept: for tests.</summary>
    public bool Ephemeral { get; set; }

    /// <summary>With <see cref="Ephemeral"/>: the seconds of health checks and of connection draining are tenths.</summary>
    public bool FastClocks { get; set; }

    /// <summary>The account of the access key below: twelve digits.</summary>
    [Form("[0-9]{12}", "twelve digits")]
    public string AccountId { get; set; } = "123456789012";

    /// <summary>With <see cref="SecretAccessKey"/>, what callers sign with. Without either, a pair is made at first start.</summary>
    [Form(@"\w{3,128}", "3 to 128 letters, digits or underscores", MayBeEmpty = true)]
    public string? AccessKeyId { get; set; }

    public string? SecretAccessKey { get; set; }

    /// <summary>Further access keys, of the same account or of others.</summary>
    public List<AccessKeyOptions> AccessKeys { get; set; } = [];

    /// <summary>
    /// The regions that requests may be signed for; empty: any. <see cref="AnyRegion"/> among them: any other stands for the first of
    /// them.
    /// </summary>
    public List<string> Regions { get; set; } = [];

    /// <summary>Whether signatures of version 2 are good too.</summary>
    public bool AllowSignatureVersion2 { get; set; }

    /// <summary>Paths beside <c>/</c> at which path-style clients are answered.</summary>
    public List<string> ServicePaths { get; set; } = [];

    /// <summary>The Availability Zones of a region; a region that is not named has its own name with a, b and c appended.</summary>
    public Dictionary<string, List<string>> Zones { get; set; } = [];

    /// <summary>How DNS names end.</summary>
    [Form(
        @"(?=.{1,120}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*",
        "a domain name such as elb.example.com, of at most 120 characters")]
    public string DnsSuffix { get; set; } = "elb.localhost";

    /// <summary>The networks that load balancers get their addresses from, in CIDR form.</summary>
    public List<string> AddressPool { get; set; } = [];

    /// <summary>The same for internal load balancers; empty: <see cref="AddressPool"/>.</summary>
    public List<string> InternalAddressPool { get; set; } = [];

    /// <summary>The networks of IPv6 that dualstack load balancers get a further address from; empty: there are none.</summary>
    public List<string> IPv6AddressPool { get; set; } = [];

    /// <summary>The same by the id of a subnet, for load balancers in it, whatever their scheme.</summary>
    public Dictionary<string, List<string>> SubnetAddressPools { get; set; } = [];

    /// <summary>Addresses that belong to an account, by its twelve digits and the allocation id that it names each by.</summary>
    public Dictionary<string, Dictionary<string, string>> ElasticAddresses { get; set; } = [];

    /// <summary>How much an account may have in a region.</summary>
    public QuotaOptions Quotas { get; set; } = new();
}
