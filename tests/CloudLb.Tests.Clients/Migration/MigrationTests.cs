using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Migration;

/// <summary>What an account of AWS has printed is made here, and what is here is printed and made again.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_looked_at_and_made_and_made_once()
    {
        using var account = new AwsAccount();
        await using var server = await StartAsync();
        string[] import = ["import", account.Folder, "--map", "eu-west-1a=us-east-1a", "--map", "i-0123456789abcdef0=127.0.0.6"];
        var look = await server.CommandAsync(Token, [.. import.Take(2)]);

        Assert.Equal(0, look.ExitCode);
        Assert.All(
            [
                "the instance i-0123456789abcdef0 is left out", "listener HTTPS 8443 to HTTP 80 is left out. Its certificate " +
                $"{AwsAccount.Certificate} is not here. Upload it", "--server-certificate-name old-web",
                "names that lead to web-123.eu-west-1",
                "application load balancer shop: a.setting.of.tomorrow = on: ", "eu-west-1a", "Nothing was changed",
            ],
            text => Assert.Contains(text, look.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("create-", (await server.CommandAsync(Token, "export", "--format", "aws")).Output, StringComparison.Ordinal);

        var first = await server.CommandAsync(Token, [.. import, "--apply"]);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("made  Classic load balancer web: with HTTP 8080 to HTTP 80, TCP 2525 to TCP 25\n", first.Output);
        Assert.Contains("Was left out:\n", first.Output);
        await UploadAsync(server, "old-web");
        var second = await server.CommandAsync(Token, [.. import, "--apply"]);
        Assert.StartsWith("made  Classic load balancer web: listener HTTPS 8443 to HTTP 80\n1 steps were done.\n", second.Output);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains(
            "Was refused:\n  application load balancer shop: a.setting.of.tomorrow = on: ", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", second.Output);

        File.Delete(Path.Combine(account.Folder, "shop.lb-attributes.json"));
        var third = await server.CommandAsync(Token, [.. import, "--apply"]);
        Assert.Equal((0, "Nothing is to be made: all of it is here.\n"), (third.ExitCode, third.Output));
        var described = await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", Token);
        Assert.Equal(["127.0.0.6", "127.0.0.9"], described.Values("InstanceId").Order());
        Assert.Equal(["2525", "8080", "8443"], described.Values("LoadBalancerPort").Order());
    }

    [Fact]
    public async Task What_is_printed_for_the_AWS_CLI_and_for_import_makes_the_same_elsewhere()
    {
        Installed.OrSkip(File.Exists("/usr/bin/aws"), "The AWS CLI is not installed (apt install awscli).");
        using var account = new AwsAccount();
        await using var server = await StartAsync();
        await UploadAsync(server, "old-web");
        await server.CommandAsync(
            Token, "import", account.Folder, "--map", "eu-west-1a=us-east-1a", "--map", "i-0123456789abcdef0=127.0.0.6", "--apply");
        var script = (await server.CommandAsync(Token, "export", "--format", "aws")).Output;
        var json = (await server.CommandAsync(Token, "export", "--format", "json")).Output;

        await using var byScript = await StartAsync();
        await UploadAsync(byScript, "old-web");
        account.Write("make.sh", script);
        var made = await ChildProcess.RunAsync(
            "sh", ["-c", $"eval \"$('{CloudLbProcess.Executable}' env --DataDirectory='{byScript.DataDirectory}')\"; PATH=/usr/bin:$PATH " +
                $"sh '{account.Folder}/make.sh'"],
            new Dictionary<string, string?>(), Token);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Equal(script, (await byScript.CommandAsync(Token, "export", "--format", "aws")).Output);

        await using var byImport = await StartAsync();
        await UploadAsync(byImport, "old-web");
        account.Write("all/estate.json", json);
        var imported = await byImport.CommandAsync(Token, "import", $"{account.Folder}/all/estate.json", "--apply");
        Assert.True(imported.ExitCode == 0, imported.Output + imported.Error);
        Assert.Equal(script, (await byImport.CommandAsync(Token, "export", "--format", "aws")).Output);
    }

    [Fact]
    public async Task What_Eucalyptus_prints_as_lines_and_as_XML_is_made()
    {
        await using var server = await StartAsync();
        using var account = new AwsAccount();
        account.Write(
            "euca/lines.txt",
            "LOAD_BALANCER\teuca\teuca-000123.lb.cloud.example\t(nil)\t(nil)\t{interval=10,target=TCP:22,timeout=5,healthy-threshold=3," +
            "unhealthy-threshold=2}\tone\t\t\t127.0.0.5\t{protocol=HTTP,lb-port=8090,instance-protocol=HTTP,instance-port=80," +
            "{sticky}}\t\t\t{policy-name=sticky,expiration-period=300}\t(nil)\t{owner-alias=,group-name=}\t(nil)" +
            "\t2015-01-01T00:00:00.000Z\tinternet-facing\n");
        account.Write("euca/answer.xml", """
            <DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/"><DescribeLoadBalancersResult>
            <LoadBalancerDescriptions><member><LoadBalancerName>euca-xml</LoadBalancerName><AvailabilityZones><member>one</member>
            </AvailabilityZones><ListenerDescriptions><member><Listener><Protocol>TCP</Protocol><LoadBalancerPort>8091</LoadBalancerPort>
            <InstanceProtocol>TCP</InstanceProtocol><InstancePort>22</InstancePort></Listener></member></ListenerDescriptions></member>
            </LoadBalancerDescriptions></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>
            """);

        var made = await server.CommandAsync(Token, "import", $"{account.Folder}/euca", "--map", "one=us-east-1b", "--apply");

        Assert.True(made.ExitCode == 0, made.Output + made.Error);
        var described = await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", Token);
        Assert.Equal(["euca", "euca-xml"], described.Values("LoadBalancerName").Order());
        Assert.Equal("300", described.Value("CookieExpirationPeriod"));
        Assert.Contains("sticky", described.Body);
    }

    [Theory]
    [InlineData("{", "cannot be imported: ")]
    [InlineData("[1]", "cannot be imported: it holds a JSON Number")]
    [InlineData("hello", "cannot be imported: it is neither JSON nor XML")]
    [InlineData("LOAD_BALANCER\tweb\tweb.example\t2015\n", "print it with --show-long")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "cannot be imported: it is no XML")]
    [InlineData("{\"LoadBalancerDescriptions\":[{}]}", "without a name")]
    [InlineData("{\"a\":1,\"a\":2}", "the member 'a' is there twice")]
    [InlineData("{\"LoadBalancerDescriptions\":[]}", "There is no load balancer")]
    public async Task A_file_that_is_none_is_told_with_its_fault(string content, string fault)
    {
        using var account = new AwsAccount();
        account.Write("one/wrong.json", content);
        var result = await ChildProcess.RunAsync(
            CloudLbProcess.Executable, ["import", $"{account.Folder}/one/wrong.json", $"--DataDirectory={account.Folder}"],
            new Dictionary<string, string?>(), Token);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(fault, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    private static Task<CloudLbProcess> StartAsync() => CloudLbProcess.StartAsync(Token, ("Reconciler:ResyncInterval", "00:00:01"));

    private static async Task UploadAsync(CloudLbProcess server, string name)
    {
        var (certificate, key) = (Path.GetTempFileName(), Path.GetTempFileName());
        var made = await ChildProcess.RunAsync(
            "openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=web", "-days", "3"],
            new Dictionary<string, string?>(), Token);
        Assert.True(made.ExitCode == 0, made.Error);
        var answer = await new ElbApi(server.Url, service: "iam").SendAsync(
            $"Action=UploadServerCertificate&Version=2010-05-08&ServerCertificateName={name}" +
            $"&CertificateBody={Uri.EscapeDataString(await File.ReadAllTextAsync(certificate, Token))}" +
            $"&PrivateKey={Uri.EscapeDataString(await File.ReadAllTextAsync(key, Token))}", Token);
        Assert.True(answer.Status == 200, answer.Body);
        File.Delete(certificate);
        File.Delete(key);
    }
}
