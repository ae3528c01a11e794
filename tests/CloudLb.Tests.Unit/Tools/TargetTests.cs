using CloudLb.Tools.Calling;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Parsing;
using CloudLb.Tools.Running;

namespace CloudLb.Tests.Unit.Tools;

/// <summary>Where calls go and what signs them, out of options, environment and files.</summary>
public sealed class TargetTests : IDisposable
{
    private static readonly string[] Keys = ["-I", "id", "-S", "secret"];

    private readonly string _folder = Directory.CreateTempSubdirectory("clb-tools-").FullName;

    [Theory]
    [InlineData("https://elasticloadbalancing.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("https://elasticloadbalancing.eu-west-1.amazonaws.com/", "eu-west-1", "EC2_REGION=eu-west-1")]
    [InlineData("https://elasticloadbalancing.eu-west-1.amazonaws.com/", "eu-west-1", "EC2_REGION=us-west-2", "--region", "eu-west-1")]
    [InlineData("http://here:8000/path", "eu-west-1", "AWS_ELB_URL=http://here:8000/path", "--region", "eu-west-1")]
    [InlineData("http://there/", "us-east-1", "AWS_ELB_URL=http://here/", "-U", "http://there/")]
    [InlineData("https://elasticloadbalancing.eu-west-1.amazonaws.com/", "eu-west-1", "-U",
        "https://elasticloadbalancing.eu-west-1.amazonaws.com")]
    [InlineData("https://here/", "us-east-1", "AWS_ELB_URL=here")]
    [InlineData("http://general/", "eu-west-3", "AWS_ENDPOINT_URL=http://general", "AWS_REGION=eu-west-3")]
    [InlineData("https://elasticloadbalancing.us-east-1.amazonaws.com/", "us-east-1", "AWS_REGION=eu-west-3")]
    public void The_Java_family_finds_the_service(string url, string region, params string[] given)
    {
        var target = Java([.. given, .. Keys]);

        Assert.Equal((url, region), (target.Url.ToString(), target.Region));
    }

    [Theory]
    [InlineData("https://elasticloadbalancing.eu-west-1.amazonaws.com/", "eu-west-1", "EUCA_DEFAULT_REGION=eu-west-1",
        "AWS_DEFAULT_REGION=us-west-2")]
    [InlineData("https://elasticloadbalancing.us-west-2.amazonaws.com/", "us-west-2", "AWS_DEFAULT_REGION=us-west-2",
        "EC2_REGION=eu-west-1")]
    [InlineData("http://here/", "us-east-1", "AWS_ELB_URL=http://here/")]
    [InlineData("http://here/", "eu-west-1", "AWS_ELB_URL=http://here/", "AWS_AUTH_REGION=eu-west-1")]
    [InlineData("http://there/", "r", "AWS_ELB_URL=http://here/", "-U", "http://there/", "--region", "user@r")]
    public void Euca2ools_finds_the_service(string url, string region, params string[] given)
    {
        var target = Euca([.. given, .. Keys]);

        Assert.Equal((url, region), (target.Url.ToString(), target.Region));
    }

    [Fact]
    public void Euca2ools_configuration_files_name_regions_and_users()
    {
        var file = Path.Combine(_folder, "a.ini");
        File.WriteAllText(
            file,
            "; comment\n[region cloud]\nelasticloadbalancing-url = http://cloud:8773/services/LoadBalancing\nuser = admin\n" +
            "[user admin]\nkey-id = K\nsecret-key = S\n[user bob]\nkey-id=B\nsecret-key=T\n");

        var target = Euca($"EUCA_CONFIG_PATH={_folder}/*.ini", "--region", "cloud");
        Assert.Equal(("http://cloud:8773/services/LoadBalancing", "K", "S"), (target.Url.ToString(), target.Key.Id, target.Key.Secret));
        Assert.Equal("B", Euca($"EUCA_CONFIG_PATH={file}", "--region", "bob@cloud").Key.Id);
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Euca($"EUCA_CONFIG_PATH={file}", "--region", "nobody@cloud")));
    }

    [Fact]
    public void Euca2ools_without_a_region_and_a_URL_does_not_guess() => Assert.Equal(Fault.BadUrl, FaultOf(() => Euca(Keys)));

    [Fact]
    public void The_key_is_taken_from_the_line_the_file_and_the_environment_in_each_familys_order()
    {
        var file = CredentialFileWith("AWSAccessKeyId=FILE\nAWSSecretKey=S\n");
        string[] both = [$"AWS_CREDENTIAL_FILE={file}", "AWS_ACCESS_KEY_ID=ENV", "AWS_SECRET_ACCESS_KEY=S", "AWS_ELB_URL=http://h"];

        Assert.Equal(("id", "id"), (Java([.. both, .. Keys]).Key.Id, Euca([.. both, .. Keys]).Key.Id));
        Assert.Equal(("FILE", "ENV"), (Java(both).Key.Id, Euca(both).Key.Id));
        Assert.Equal("ENV", Java("AWS_ACCESS_KEY=ENV", "AWS_SECRET_KEY=S").Key.Id);
        Assert.Equal("T", Euca("AWS_ACCESS_KEY=ENV", "AWS_SECRET_KEY=S", "AWS_SECURITY_TOKEN=T", "AWS_ELB_URL=http://h").Key.Token);
        Assert.Equal("FILE", Java($"--aws-credential-file={file}").Key.Id);
    }

    [Fact]
    public void Half_a_key_and_X509_are_refused()
    {
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java("-I", "id")));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Euca("-S", "secret", "AWS_ELB_URL=http://h")));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Euca("AWS_ACCESS_KEY_ID=id", "AWS_ELB_URL=http://h")));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java([.. Keys, "-C", "cert.pem"])));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java("EC2_CERT=c", "EC2_PRIVATE_KEY=k")));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java()));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java($"AWS_CREDENTIAL_FILE={CredentialFileWith("AWSAccessKeyId=A\n")}")));
        Assert.Equal(Fault.BadCredentials, FaultOf(() => Java($"AWS_CREDENTIAL_FILE={_folder}/nix")));
        Assert.Equal(
            Fault.BadCredentials,
            FaultOf(() => Euca(
                "AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=s", "AWS_CREDENTIAL_EXPIRATION=2020-01-01T00:00:00Z",
                    "AWS_ELB_URL=http://h")));
    }

    [Fact]
    public void A_URL_or_region_that_is_none_is_refused()
    {
        Assert.Equal(Fault.BadUrl, FaultOf(() => Java([.. Keys, "-U", "ftp://x"])));
        Assert.Equal(Fault.BadUrl, FaultOf(() => Java([.. Keys, "-U", "http://"])));
        Assert.Equal(Fault.MalformedInput, FaultOf(() => Java([.. Keys, "--region", "a/b"])));
        Assert.Equal(Fault.MalformedInput, FaultOf(() => Java([.. Keys, "--connection-timeout", "soon"])));
    }

    [Fact]
    public void The_servers_certificate_is_verified_unless_somebody_says_otherwise()
    {
        Assert.True(Java(Keys).VerifiesServer);
        Assert.False(Java([.. Keys, "SSL_ENCRYPTION_ONLY=1"]).VerifiesServer);
        Assert.True(Java([.. Keys, "SSL_ENCRYPTION_ONLY=1", "--sslauthenticateserver"]).VerifiesServer);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Fault FaultOf(Action find) => Assert.Throws<ToolException>(find).Fault;

    private string CredentialFileWith(string text)
    {
        var file = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }

    private static Target Java(params string[] given) => JavaTarget.Find(Arguments(Family.Java, given), Environment(given));

    private static Target Euca(params string[] given) => EucaTarget.Find(Arguments(Family.Euca, given), Environment(given));

    /// <summary>Variables stand among the words as <c>NAME=VALUE</c>.</summary>
    private static bool IsVariable(string word) => char.IsAsciiLetterUpper(word[0]) && word.Contains('=');

    private static Arguments Arguments(Family family, IEnumerable<string> given) =>
        CommandLineParser.Parse(CommandTable.Find("describe-lbs", family)!, family, [.. given.Where(word => !IsVariable(word))]);

    private static Surroundings Environment(IEnumerable<string> given)
    {
        var variables = given.Where(IsVariable).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(variables.GetValueOrDefault);
    }
}
