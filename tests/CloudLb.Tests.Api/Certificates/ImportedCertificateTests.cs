using System.Text;
using CloudLb.Acm.Contracts;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;
using Tag = CloudLb.Acm.Contracts.Tag;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>ACM's imported certificates and the Classic listeners that use them, as a client sees them.</summary>
public sealed class ImportedCertificateTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly TestCertificate Root = TestCertificate.SelfSigned("root");
    private static readonly TestCertificate Leaf = Root.Issue("web.example.com");

    [Fact]
    public async Task A_certificate_is_imported_read_tagged_imported_again_and_deleted_and_its_key_never_shown()
    {
        var arn = await ImportAsync(Import(Leaf, Root.Pem) with { Tags = [new() { Key = "Team", Value = "a" }, new() { Key = "x" }] });
        Assert.Matches(@"\Aarn:aws:acm:eu-west-1:123456789012:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z", arn);

        var detail = await DescribeAsync(arn);
        Assert.Equal(("web.example.com", "ISSUED", "IMPORTED"), (detail.DomainName, detail.Status, detail.Type));
        Assert.Equal(
            ("RSA-2048", "SHA256WITHRSA", "CN=web.example.com", "root", "INELIGIBLE"),
            (detail.KeyAlgorithm, detail.SignatureAlgorithm, detail.Subject, detail.Issuer, detail.RenewalEligibility));
        Assert.Equal(["web.example.com"], detail.SubjectAlternativeNames!);
        Assert.Matches(@"\A[0-9a-f]{2}(:[0-9a-f]{2})+\z", detail.Serial);
        Assert.Empty(detail.InUseBy!);
        Assert.Equal(detail.CreatedAt, detail.ImportedAt);

        await CallAsync(
            AcmContract.AddTagsToCertificate,
            new() { CertificateArn = arn, Tags = [new() { Key = "team", Value = "b" }, new() { Key = "x", Value = "y" }] });
        await CallAsync(
            AcmContract.RemoveTagsFromCertificate,
            new()
            {
                CertificateArn = arn,
                Tags = [new() { Key = "Team" }, new() { Key = "x", Value = "other" }, new() { Key = "absent" }],
            });
        Assert.Equal(
            [new Tag { Key = "team", Value = "b" }, new Tag { Key = "x", Value = "y" }],
            (await CallAsync(AcmContract.ListTagsForCertificate, new() { CertificateArn = arn })).Tags!);

        var next = TestCertificate.SelfSigned("next.example.com");
        Assert.Equal(arn, await ImportAsync(Import(next) with { CertificateArn = arn }));
        var again = await DescribeAsync(arn);
        Assert.Equal(("next.example.com", detail.CreatedAt), (again.DomainName, again.CreatedAt));
        Assert.NotEqual(detail.Serial, again.Serial);
        var read = await CallAsync(AcmContract.GetCertificate, new() { CertificateArn = arn });
        Assert.Equal((next.Pem, null), (read.Certificate, read.CertificateChain));

        await CallAsync(AcmContract.DeleteCertificate, new() { CertificateArn = arn });
        var gone = await RefusalAsync(AcmContract.DescribeCertificate, new() { CertificateArn = arn });
        Assert.Equal((400, "ResourceNotFoundException"), gone.Error);
        Assert.Equal($"Could not find certificate {arn}.", gone.Text);
    }

    [Fact]
    public async Task Lists_come_page_by_page_in_order_and_show_an_account_its_own_and_IAM_s_stay_apart()
    {
        var arns = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            arns.Add(await ImportAsync(Import(Leaf, Root.Pem), "AKIDOTHER"));
        }

        var curve = await ImportAsync(Import(TestCertificate.SelfSigned(isEcdsa: true)), "AKIDOTHER");
        await server.CallAsync(
            IamContract.Service, IamContract.UploadServerCertificate,
            new() { ServerCertificateName = "iam", CertificateBody = Leaf.Pem, PrivateKey = Leaf.KeyPem }, "AKIDOTHER");

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await ListAsync(new() { MaxItems = 2, NextToken = token });
            Assert.InRange(page.CertificateSummaryList!.Count, 1, 2);
            seen.AddRange(page.CertificateSummaryList.Select(one => one.CertificateArn!));
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(arns.Order(), seen.Order());
        var descending = await ListAsync(new() { SortBy = "CREATED_AT", SortOrder = "DESCENDING" });
        Assert.Equal(seen.AsEnumerable().Reverse(), descending.CertificateSummaryList!.Select(one => one.CertificateArn!));
        var curves = await ListAsync(new() { Includes = new() { KeyTypes = ["EC_prime256v1"] } });
        Assert.Equal([curve], curves.CertificateSummaryList!.Select(one => one.CertificateArn!));
        Assert.Empty((await ListAsync(new() { CertificateStatuses = ["EXPIRED"] })).CertificateSummaryList!);
        Assert.Equal(
            (400, "ValidationException"),
            (await RefusalAsync(AcmContract.ListCertificates, new() { SortBy = "CREATED_AT" })).Error);

        // No base64, garbage in base64, another service's marker ("web-000"), and one of the list's own that was changed.
        var given = (await ListAsync(new() { MaxItems = 2 })).NextToken!;
        foreach (var never in new[] { "never-given!", "abc", "d2ViLTAwMA", given[1..], $"{given}=" })
        {
            var refusal = await RefusalAsync(AcmContract.ListCertificates, new() { NextToken = never });
            Assert.Equal((400, "ValidationException"), refusal.Error);
        }

        var others = await RefusalAsync(AcmContract.GetCertificate, new() { CertificateArn = curve });
        Assert.Equal((400, "ResourceNotFoundException"), others.Error);
        Assert.Equal(
            ["iam"],
            (await server.CallAsync(IamContract.Service, IamContract.ListServerCertificates, new(), "AKIDOTHER"))
                .ServerCertificateMetadataList.Select(one => one.ServerCertificateName));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_as_at_AWS_and_never_repeats_the_key()
    {
        var arn = await ImportAsync(Import(Leaf, Root.Pem));
        var curve = TestCertificate.SelfSigned(isEcdsa: true);
        var refused = new (ImportCertificateRequest Request, string Code, string Words)[]
        {
            (Import(Leaf), "ValidationException", "not a valid self signed"),
            (Import(Leaf, curve.Pem), "ValidationException", "Could not validate the certificate with the certificate chain."),
            (Import(Leaf, "x"), "ValidationException", "certificate chain is in PEM format"),
            (Import(Leaf, Root.Pem) with { Certificate = Bytes(Leaf.Pem + "\n" + Root.Pem) }, "ValidationException", "more than one"),
            (Import(Leaf, Root.Pem) with { PrivateKey = Bytes(Root.KeyPem) }, "ValidationException", "does not match"),
            (Import(Leaf, Root.Pem) with { PrivateKey = Bytes(Leaf.EncryptedKeyPem()) }, "ValidationException", "is not supported"),
            (Import(Leaf, Root.Pem) with { PrivateKey = new byte[5121] }, "ValidationException", "less than or equal to 5120"),
            (Import(Leaf, Root.Pem) with { Certificate = new byte[] { 0xff, 0 } }, "ValidationException", "PEM format"),
            (
                Import(TestCertificate.SelfSigned(validFromDays: -9, validToDays: -1)), "ValidationException",
                "The certificate is not valid now"),
            (Import(curve) with { CertificateArn = arn }, "ValidationException", "must be RSA_2048"),
            (Import(Leaf, Root.Pem) with { CertificateArn = arn, Tags = [new() { Key = "a" }] }, "InvalidParameterException", "Tagging"),
            (Import(Leaf, Root.Pem) with { CertificateArn = arn.Replace("eu-", "us-") }, "ResourceNotFoundException", "Could not find"),
            (Import(Leaf, Root.Pem) with { CertificateArn = arn.Replace("certificate/", "x/") }, "InvalidArnException", "x/"),
            (Import(Leaf, Root.Pem) with { CertificateArn = "arn:aws:iam::1:server-certificate/a" }, "ValidationException", "pattern"),
            (Import(Leaf, Root.Pem) with { Tags = [new() { Key = "aws:a" }] }, "InvalidTagException", "aws:"),
            (
                Import(Leaf, Root.Pem) with { Tags = [new() { Key = "a" }, new() { Key = "a" }] }, "InvalidParameterException",
                "more than once"),
        };

        foreach (var (request, code, words) in refused)
        {
            var refusal = await RefusalAsync(AcmContract.ImportCertificate, request);
            Assert.Equal((400, code), refusal.Error);
            Assert.Contains(words, refusal.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Leaf.KeyPem.Split('\n')[1], refusal.Text, StringComparison.Ordinal);
        }

        await CallAsync(
            AcmContract.AddTagsToCertificate,
            new() { CertificateArn = arn, Tags = [.. Enumerable.Range(0, 50).Select(i => new Tag { Key = $"k{i}" })] });
        Assert.Equal(
            (400, "TooManyTagsException"),
            (await RefusalAsync(AcmContract.AddTagsToCertificate, new() { CertificateArn = arn, Tags = [new() { Key = "more" }] })).Error);
    }

    [Fact]
    public async Task A_Classic_listener_names_it_and_it_cannot_be_deleted_while_it_does()
    {
        var arn = await ImportAsync(Import(Leaf, Root.Pem));
        await CreateAsync("imported", arn);
        const string User = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/imported";

        Assert.Equal([User], (await DescribeAsync(arn)).InUseBy!);
        var conflict = await RefusalAsync(AcmContract.DeleteCertificate, new() { CertificateArn = arn });
        Assert.Equal((400, "ResourceInUseException"), conflict.Error);
        Assert.Equal($"Certificate {arn} in account 123456789012 is in use.", conflict.Text);

        await server.CallAsync(
            ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.DeleteLoadBalancer, new() { LoadBalancerName = "imported" });
        await CallAsync(AcmContract.DeleteCertificate, new() { CertificateArn = arn });
        var absent = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("imported", arn));
        Assert.Equal((400, "CertificateNotFound"), absent.Error);
    }

    [Fact]
    public async Task A_listener_of_version_2_names_it_and_is_told_as_its_load_balancer()
    {
        var arn = await ImportAsync(Import(Leaf, Root.Pem));
        var subnets = await server.CallAsync(Ec2Contract.Service, Ec2Contract.DescribeSubnets, new());
        var made = await V2Async(
            ElasticLoadBalancingV2Contract.CreateLoadBalancer,
            new() { Name = "imported", Subnets = [.. subnets.Subnets!.Take(2).Select(subnet => subnet.SubnetId!)] });
        var loadBalancer = made.LoadBalancers![0].LoadBalancerArn!;
        await V2Async(ElasticLoadBalancingV2Contract.CreateListener, new()
        {
            LoadBalancerArn = loadBalancer,
            Protocol = "HTTPS",
            Port = 443,
            Certificates = [new() { CertificateArn = arn }],
            DefaultActions = [new() { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "404" } }],
        });

        Assert.Equal([loadBalancer], (await DescribeAsync(arn)).InUseBy!);
        Assert.Equal(
            (400, "ResourceInUseException"), (await RefusalAsync(AcmContract.DeleteCertificate, new() { CertificateArn = arn })).Error);

        await V2Async(ElasticLoadBalancingV2Contract.DeleteLoadBalancer, new() { LoadBalancerArn = loadBalancer });
        await CallAsync(AcmContract.DeleteCertificate, new() { CertificateArn = arn });
    }

    private static ImportCertificateRequest Import(TestCertificate certificate, string? chain = null) => new()
    {
        Certificate = Bytes(certificate.Pem + "\n"),
        PrivateKey = Bytes(certificate.KeyPem),
        CertificateChain = chain is null ? (ReadOnlyMemory<byte>?)null : Bytes(chain),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> ImportAsync(ImportCertificateRequest request, string accessKeyId = "AKIDEXAMPLE") =>
        (await server.CallAsync(AcmContract.Service, AcmContract.ImportCertificate, request, accessKeyId)).CertificateArn!;

    private async Task<CertificateDetail> DescribeAsync(string arn) =>
        (await CallAsync(AcmContract.DescribeCertificate, new() { CertificateArn = arn })).Certificate!;

    private Task<ListCertificatesResponse> ListAsync(ListCertificatesRequest request) =>
        server.CallAsync(AcmContract.Service, AcmContract.ListCertificates, request, "AKIDOTHER");

    private Task CreateAsync(string name, string arn) => server.CallAsync(
        ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.CreateLoadBalancer,
        new()
        {
            LoadBalancerName = name,
            AvailabilityZones = ["eu-west-1a"],
            Listeners = [new() { Protocol = "SSL", LoadBalancerPort = 8443, InstancePort = 80, SSLCertificateId = arn }],
        });

    private Task<TResponse> CallAsync<TRequest, TResponse>(OperationContract<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => server.CallAsync(AcmContract.Service, operation, request);

    private Task<TResponse> V2Async<TRequest, TResponse>(OperationContract<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => server.CallAsync(ElasticLoadBalancingV2Contract.Service, operation, request);

    private Task<ServiceRefusal> RefusalAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => Assert.ThrowsAsync<ServiceRefusal>(() => CallAsync(operation, request));
}
