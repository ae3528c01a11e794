using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>
/// AWS's own clients give ACM a certificate, and a Classic listener shows it: the new one as soon as it is imported again.
/// </summary>
public sealed class ImportedCertificateTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ForeignServiceTests.Pythons), MemberType = typeof(ForeignServiceTests), DisableDiscoveryEnumeration = true)]
    public async Task Boto3_imports_a_certificate_that_a_listener_shows_and_imports_it_again(AwsPython python)
    {
        var name = $"acm-{(python.ToString()[0] == '/' ? "debian" : "other")}";
        var (first, second) = (ServerCertificateFiles.New("first.example.com"), ServerCertificateFiles.New("second.example.com"));
        await using var backend = await Backend.StartAsync(Token);
        var arn = (string)(await CallAsync(
            python, "ImportCertificate",
            new { first.Certificate, PrivateKey = first.Key, Tags = new[] { new { Key = "team", Value = "a" } } }))["CertificateArn"]!;
        await server.Api.CreateWebAsync(name, backend.Port, Token);
        var made = await python.CallAsync(
            server.Process.Url, Token, Account.First,
            ("elb", "CreateLoadBalancerListeners", new
            {
                LoadBalancerName = name,
                Listeners = new[]
                {
                    new
                    {
                        Protocol = "HTTPS", InstanceProtocol = "HTTP", LoadBalancerPort = 443, InstancePort = backend.Port,
                        SSLCertificateId = arn,
                    },
                },
            }));
        Assert.Null(made[0]["error"]);
        var address = (await server.Process.TrafficUrlAsync(name, Token)).Host;
        await Wait.ForAsync(() => ShownAsync(address), subject => subject == "CN=first.example.com", Token);

        var detail = (await CallAsync(python, "DescribeCertificate", new { CertificateArn = arn }))["Certificate"]!;
        Assert.Equal(("first.example.com", "ISSUED"), ((string?)detail["DomainName"], (string?)detail["Status"]));
        Assert.EndsWith($":loadbalancer/{name}", (string?)detail["InUseBy"]![0], StringComparison.Ordinal);
        var refused = await CallAsync(python, "DeleteCertificate", new { CertificateArn = arn });
        Assert.Equal("ResourceInUseException", (string?)refused["error"]![0]);
        var requested = await CallAsync(python, "RequestCertificate", new { DomainName = "example.com" });
        Assert.Equal("UnknownOperationException", (string?)requested["error"]![0]);

        await CallAsync(python, "ImportCertificate", new { CertificateArn = arn, second.Certificate, PrivateKey = second.Key });
        await Wait.ForAsync(() => ShownAsync(address), subject => subject == "CN=second.example.com", Token);

        await server.Api.CallAsync($"Action=DeleteLoadBalancer&LoadBalancerName={name}", Token);
        Assert.Null((await CallAsync(python, "DeleteCertificate", new { CertificateArn = arn }))["error"]);
    }

    [Fact]
    public async Task The_AWS_CLI_imports_lists_and_tags_it()
    {
        const string Program = "/usr/bin/aws";
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        var files = ServerCertificateFiles.New("cli.example.com");
        var directory = Directory.CreateTempSubdirectory("clb-acm-");
        try
        {
            var (certificate, key) = (Path.Combine(directory.FullName, "c.pem"), Path.Combine(directory.FullName, "k.pem"));
            await File.WriteAllTextAsync(certificate, files.Certificate + "\n", Token);
            await File.WriteAllTextAsync(key, files.Key, Token);
            var imported = await RunAsync(
                "import-certificate", "--certificate", $"fileb://{certificate}", "--private-key", $"fileb://{key}");
            var arn = (string)imported["CertificateArn"]!;
            await RunAsync("add-tags-to-certificate", "--certificate-arn", arn, "--tags", "Key=a,Value=b");

            Assert.Equal("b", (string?)(await RunAsync("list-tags-for-certificate", "--certificate-arn", arn))["Tags"]![0]!["Value"]);
            var listed = (await RunAsync("list-certificates", "--includes", "keyTypes=EC_prime256v1"))["CertificateSummaryList"]!.AsArray();
            Assert.Contains(arn, listed.Select(one => (string?)one!["CertificateArn"]));
            Assert.Equal(
                files.Certificate, ((string?)(await RunAsync("get-certificate", "--certificate-arn", arn))["Certificate"])!.Trim());
            await RunAsync("delete-certificate", "--certificate-arn", arn);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        async Task<JsonNode> RunAsync(params string[] arguments)
        {
            var result = await ChildProcess.RunAsync(
                Program, ["--endpoint-url", server.Process.Url.ToString(), "--output", "json", "acm", .. arguments],
                new Dictionary<string, string?>
                {
                    ["AWS_ACCESS_KEY_ID"] = Account.First.AccessKeyId,
                    ["AWS_SECRET_ACCESS_KEY"] = Account.First.SecretAccessKey,
                    ["AWS_DEFAULT_REGION"] = Account.Region,
                    ["AWS_CONFIG_FILE"] = "/dev/null",
                    ["AWS_EC2_METADATA_DISABLED"] = "true",
                },
                Token);
            Assert.True(result.ExitCode == 0, result.Error);
            return JsonNode.Parse(result.Output is { Length: > 0 } output ? output : "{}")!;
        }
    }

    private async Task<JsonNode> CallAsync(AwsPython python, string action, object parameters) =>
        (await python.CallAsync(server.Process.Url, Token, Account.First, ("acm", action, parameters)))[0];

    /// <summary>The subject of the certificate that a handshake shows; a word on it when there is none.</summary>
    private static async Task<string> ShownAsync(string address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Parse(address), 443, Token);
            await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "any.example.com" }, Token);
            return stream.RemoteCertificate!.Subject;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return exception.Message;
        }
    }
}
