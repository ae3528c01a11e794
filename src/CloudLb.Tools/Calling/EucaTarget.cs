using CloudLb.Tools.Definitions;
using CloudLb.Tools.Parsing;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>Where the <c>eulb-*</c> commands call, and with which key.</summary>
internal sealed class EucaTarget
{
    /// <summary>Euca2ools' own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Arguments _arguments;
    private readonly Surroundings _surroundings;
    private readonly EucaConfiguration _configuration;
    private readonly string? _region, _user;

    private EucaTarget(Arguments arguments, Surroundings surroundings)
    {
        _arguments = arguments;
        _surroundings = surroundings;
        _configuration = EucaConfiguration.Read(surroundings);
        var option = arguments.Find(CommonOptions.Region) ?? "";
        var at = option.IndexOf('@', StringComparison.Ordinal);
        _region = NonEmpty(option[(at + 1)..]) ?? surroundings.FindFirst("EUCA_DEFAULT_REGION", "AWS_DEFAULT_REGION", "EUCA_REGION")
            ?? _configuration.Find("global", "default-region");
        _user = (at > 0 ? option[..at] : null) ?? OfRegion("user");
    }

    public static Target Find(Arguments arguments, Surroundings surroundings) => new EucaTarget(arguments, surroundings).Find();

    private Target Find()
    {
        var given = _arguments.Find(CommonOptions.Url) ?? _surroundings.Find("AWS_ELB_URL") ?? OfRegion("elasticloadbalancing-url")
            ?? (_arguments.Has(CommonOptions.Region) ? null : _surroundings.Find("AWS_ENDPOINT_URL"));
        var url = given is not null
            ? ServiceUrl.Parse(given)
            : ServiceUrl.OfRegion(_region ?? throw new ToolException(
                Fault.BadUrl, "it is not known where to call: name the service with -U or AWS_ELB_URL, or a region with --region"));
        var region = ServiceUrl.RegionOf(url) ?? _region ?? _surroundings.FindFirst("AWS_AUTH_REGION", "AWS_REGION")
            ?? ServiceUrl.DefaultRegion;
        return new(url, ServiceUrl.Checked(region), Key()) { Patience = Patience };
    }

    private AccessKey Key()
    {
        var (id, secret) = (_arguments.Find(CommonOptions.AccessKeyId), _arguments.Find(CommonOptions.SecretKey));
        if (id is null != secret is null)
        {
            throw new ToolException(Fault.BadCredentials, "-I/--access-key-id and -S/--secret-key go together");
        }

        var key = id is not null
            ? new(id, secret!)
            : EnvironmentKey.Find(_surroundings)
                ?? (_surroundings.Find("AWS_CREDENTIAL_FILE") is { } file ? CredentialFile.Read(file) : OfConfiguration())
                ?? throw new ToolException(
                    Fault.BadCredentials,
                    "there is no access key: give -I and -S, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_CREDENTIAL_FILE");
        return _arguments.Find(CommonOptions.SecurityToken) is { } token ? key with { Token = token } : key;
    }

    private AccessKey? OfConfiguration()
    {
        if (_user is null)
        {
            return null;
        }

        return _configuration.Find($"user {_user}", "key-id") is { } id && _configuration.Find($"user {_user}", "secret-key") is { } secret
            ? new(id, secret)
            : throw new ToolException(Fault.BadCredentials, $"the configuration files have no key-id and secret-key for the user {_user}");
    }

    private string? OfRegion(string name) =>
        (_region is null ? null : _configuration.Find($"region {_region}", name)) ?? _configuration.Find("global", $"default-{name}");

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
