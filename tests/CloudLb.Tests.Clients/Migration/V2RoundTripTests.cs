using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Migration;

/// <summary>Everything that application and network load balancers have goes out of one CloudLb and into another.</summary>
public sealed partial class V2RoundTripTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clb-rich-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_exported_is_made_in_an_empty_CloudLb_and_exported_the_same()
    {
        await using var first = await CloudLbProcess.StartAsync(Token);
        var certificate = await PrepareAsync(first);
        var source = Write("source.json", RichAccount.Documents);
        var look = await first.CommandAsync(Token, "import", source, "--map", $"{RichAccount.Imported}={certificate}");
        Assert.Contains(
            "Will be left out:\n  application load balancer rich: listener HTTPS 8443, rule 6 is left out. No API", look.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Will be refused", look.Output, StringComparison.Ordinal);

        await ImportAsync(first, source, RichAccount.Imported, certificate);
        var exported = (await first.CommandAsync(Token, "export", "--format", "json")).Output;
        Assert.DoesNotContain("geheim", exported, StringComparison.Ordinal);

        await using var second = await CloudLbProcess.StartAsync(Token);
        var other = await PrepareAsync(second);
        var estate = Write("estate.json", exported);
        await ImportAsync(second, estate, certificate, other);
        Assert.Equal(await ScriptAsync(first, certificate), await ScriptAsync(second, other));

        var again = await second.CommandAsync(Token, "import", estate, "--map", $"{certificate}={other}", "--apply");
        Assert.Equal((0, "Nothing is to be made: all of it is here.\n"), (again.ExitCode, again.Output));
    }

    /// <summary>Brings what no file has: certificates, of which one goes by its name, and a trust store; answers the other's ARN.</summary>
    private static async Task<string> PrepareAsync(CloudLbProcess server)
    {
        var made = ServerCertificateFiles.New("rich.example.com");
        await made.UploadAsync(server.Url, "old-web", Token);
        var bucket = Path.Combine(server.DataDirectory, "access-logs", "trust");
        Directory.CreateDirectory(bucket);
        File.WriteAllText(Path.Combine(bucket, "people.pem"), TestAuthority.Of("people").Pem);
        await new V2Calls(new ElbApi(server.Url)).CallAsync(
            "Action=CreateTrustStore&Name=people&CaCertificatesBundleS3Bucket=trust&CaCertificatesBundleS3Key=people.pem");
        return await ImportCertificateAsync(server.Url, made);
    }

    private static async Task<string> ImportCertificateAsync(Uri url, ServerCertificateFiles made)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new
            {
                Certificate = Encoding.UTF8.GetBytes(made.Certificate), PrivateKey = Encoding.UTF8.GetBytes(made.Key),
            })),
        };
        request.Content.Headers.Add("Content-Type", "application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "CertificateManager.ImportCertificate");
        await new SigV4Signer(Account.First.AccessKeyId, Account.First.SecretAccessKey, Account.Region, "acm", TimeProvider.System)
            .SignAsync(request, Token);
        using var answer = await http.SendAsync(request, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return (string)JsonNode.Parse(body)!["CertificateArn"]!;
    }

    /// <summary>With the secret that no API tells, written where the command says.</summary>
    private static async Task ImportAsync(CloudLbProcess server, string file, string from, string to)
    {
        const string Client = "\"ClientId\": \"web\"";
        File.WriteAllText(
            file, File.ReadAllText(file).Replace(Client, $"{Client}, \"ClientSecret\": \"geheim\"", StringComparison.Ordinal));
        var made = await server.CommandAsync(Token, "import", file, "--map", $"{from}={to}", "--apply");
        Assert.True(made.ExitCode == 0, made.Output + made.Error);
    }

    /// <summary>What makes all of it, in which nothing has an id of its own but what was brought.</summary>
    private static async Task<string> ScriptAsync(CloudLbProcess server, string certificate)
    {
        var script = (await server.CommandAsync(Token, "export", "--format", "aws")).Output;
        return OwnId().Replace(script.Replace(certificate, "CERTIFICATE", StringComparison.Ordinal), "/");
    }

    [GeneratedRegex("/[0-9a-f]{16}")]
    private static partial Regex OwnId();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
