using System.Globalization;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Parsing;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>Where the <c>elb-*</c> commands call, and with which key.</summary>
internal sealed class JavaTarget(Arguments arguments, Surroundings surroundings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Target Find(Arguments arguments, Surroundings surroundings) => new JavaTarget(arguments, surroundings).Find();

    private Target Find()
    {
        var named = arguments.Find(CommonOptions.Region) ?? surroundings.Find("EC2_REGION");
        var given = arguments.Find(CommonOptions.Url) ?? surroundings.Find("AWS_ELB_URL");

        // Not of the originals: what `cloudlb env` exports does for these commands too, region and all.
        var general = given is null && arguments.Find(CommonOptions.Region) is null ? surroundings.Find("AWS_ENDPOINT_URL") : null;
        var url = (given ?? general) is { } text ? ServiceUrl.Parse(text) : ServiceUrl.OfRegion(named ?? ServiceUrl.DefaultRegion);
        var region = ServiceUrl.RegionOf(url) ?? named
            ?? (general is null ? null : surroundings.FindFirst("AWS_REGION", "AWS_DEFAULT_REGION"));
        return new(url, ServiceUrl.Checked(region ?? ServiceUrl.DefaultRegion), Key())
        {
            Patience = FindPatience(),
            VerifiesServer = arguments.Has(CommonOptions.AuthenticateServer)
                || (!arguments.Has(CommonOptions.EncryptionOnly) && surroundings.Find("SSL_ENCRYPTION_ONLY") is null),
        };
    }

    private AccessKey Key()
    {
        var (id, secret) = (arguments.Find(CommonOptions.AccessKeyId), arguments.Find(CommonOptions.SecretKey));
        if (arguments.Has(CommonOptions.Certificate) || arguments.Has(CommonOptions.PrivateKey))
        {
            throw new ToolException(Fault.BadCredentials, "X.509 is not supported; use an access key: --aws-credential-file, or -I and -S");
        }

        if (id is null != secret is null)
        {
            throw new ToolException(Fault.BadCredentials, "-I/--access-key-id and -S/--secret-key go together");
        }

        if (id is not null)
        {
            return new(id, secret!);
        }

        if ((arguments.Find(CommonOptions.CredentialFile) ?? surroundings.Find("AWS_CREDENTIAL_FILE")) is { } file)
        {
            return CredentialFile.Read(file);
        }

        return EnvironmentKey.Find(surroundings) ?? throw new ToolException(
            Fault.BadCredentials,
            surroundings.FindFirst("EC2_CERT", "EC2_PRIVATE_KEY") is null
                ? "there is no access key: name a file with --aws-credential-file or AWS_CREDENTIAL_FILE, or give -I and -S"
                : "X.509 (EC2_CERT, EC2_PRIVATE_KEY) is not supported; name a file with an access key in AWS_CREDENTIAL_FILE");
    }

    private TimeSpan FindPatience()
    {
        if (arguments.Find(CommonOptions.Timeout) is not { } text)
        {
            return Patience;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : throw new ToolException(Fault.MalformedInput, $"--connection-timeout: '{text}' is not a number of seconds");
    }
}
