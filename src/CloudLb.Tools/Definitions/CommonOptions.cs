namespace CloudLb.Tools.Definitions;

/// <summary>The options that every command of a family has.</summary>
internal static class CommonOptions
{
    public const string Url = "url", Region = "region", AccessKeyId = "access-key-id", SecretKey = "secret-key",
        SecurityToken = "security-token",
        CredentialFile = "aws-credential-file", Certificate = "ec2-cert-file-path", PrivateKey = "ec2-private-key-file-path",
        Timeout = "connection-timeout", ShowTable = "show-table", ShowLong = "show-long", ShowXml = "show-xml", Quiet = "quiet",
        Headers = "headers",
        Delimiter = "delimiter", ShowEmptyFields = "show-empty-fields", ShowRequest = "show-request", Help = "help", Debug = "debug",
        Debugger = "debugger", Version = "version", EncryptionOnly = "sslencryptiononly", AuthenticateServer = "sslauthenticateserver",
        LoadBalancer = "lb", ShowHeaders = "show-headers";

    private static readonly Option[] Java =
    [
        new() { Name = Region, Value = "VALUE", Summary = "The region; EC2_REGION where it is absent." },
        new()
        {
            Name = Url, Short = 'U', Value = "VALUE",
            Summary = "The service's URL, which goes before the region; AWS_ELB_URL where it is absent.",
        },
        new() { Name = CredentialFile, Value = "VALUE", Summary = "The file with the access key; AWS_CREDENTIAL_FILE where it is absent." },
        new() { Name = AccessKeyId, Short = 'I', Value = "VALUE", Summary = "The access key's id." },
        new()
        {
            Name = SecretKey, Short = 'S', Value = "VALUE",
            Summary = "The access key's secret. Others on the machine can see it on the line.",
        },
        new() { Name = Certificate, Short = 'C', Value = "VALUE", Summary = "X.509 is not supported: this ends with status 1." },
        new() { Name = PrivateKey, Short = 'K', Value = "VALUE", Summary = "X.509 is not supported: this ends with status 1." },
        new() { Name = Timeout, Value = "VALUE", Summary = "Seconds that the service may take to answer; 30 where it is absent." },
        new() { Name = ShowTable, Summary = "Print columns, padded and two spaces apart; so it is where no form is named." },
        new() { Name = ShowLong, Summary = "Print all columns, comma-separated." },
        new() { Name = ShowXml, Summary = "Print the service's answer as it came." },
        new() { Name = Quiet, Summary = "Print nothing on standard output." },
        new() { Name = Headers, Summary = "Print column headers; with --show-xml the answer's HTTP headers." },
        new() { Name = Delimiter, Value = "VALUE", Summary = "What stands between columns, in place of two spaces or a comma." },
        new() { Name = ShowEmptyFields, Summary = "Print (nil) for what is empty; the long form always does." },
        new() { Name = ShowRequest, Summary = "Print the request's URL first, without its signature." },
        new() { Name = Help, Summary = "Print this and end." },
        new() { Name = Debug, Summary = "Tell on standard error what is sent and answered.", IsHidden = true },
        new() { Name = EncryptionOnly, Summary = "Do not verify the server's certificate.", IsHidden = true },
        new() { Name = AuthenticateServer, Summary = "Verify the server's certificate.", IsHidden = true },
    ];

    private static readonly Option[] Euca =
    [
        new() { Name = Url, Short = 'U', Value = "URL", Summary = "The service's URL; AWS_ELB_URL where it is absent." },
        new() { Name = Region, Value = "USER@REGION", Summary = "The region, the user, or both, as the configuration files name them." },
        new() { Name = AccessKeyId, Short = 'I', Value = "KEY_ID", Summary = "The access key's id." },
        new()
        {
            Name = SecretKey, Short = 'S', Value = "KEY",
            Summary = "The access key's secret. Others on the machine can see it on the line.",
        },
        new() { Name = SecurityToken, Value = "TOKEN", Summary = "The token that belongs to a temporary access key." },
        new() { Name = ShowEmptyFields, Summary = "Print (nil) for what is empty." },
        new() { Name = Debug, Summary = "Tell on standard error what is sent and answered." },
        new() { Name = Debugger, Summary = "Taken, without effect: there is no debugger to start.", IsHidden = true },
        new() { Name = Version, Summary = "Print the version and end." },
        new() { Name = Help, Short = 'h', Summary = "Print this and end." },
    ];

    private static readonly Option LoadBalancerByName = new()
    {
        Name = LoadBalancer, Value = "LOAD_BALANCER", Family = Family.Java,
        Summary = "The load balancer, where it is not named by its place.",
        IsRepeatable = true,
    };

    /// <summary>In the order of help.</summary>
    public static IEnumerable<Option> Of(ToolCommand command, Family family) => family == Family.Euca
        ? Euca
        : command.Positionals is [{ Name: Arguments.LoadBalancer }, ..] ? Java.Prepend(LoadBalancerByName) : Java;

    /// <summary>Names of arguments that the code asks for.</summary>
    public static class Arguments
    {
        public const string LoadBalancer = "LOAD_BALANCER";
    }
}
