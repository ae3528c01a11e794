using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>
/// IAM's server certificates and the listeners that use them, as a client sees them. The server takes one region that is not IAM's.
/// </summary>
public sealed class ServerCertificateTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly TestCertificate Root = TestCertificate.SelfSigned("root");
    private static readonly TestCertificate Leaf = Root.Issue("web.example.com");

    [Fact]
    public async Task A_certificate_is_uploaded_read_renamed_tagged_and_deleted_and_its_key_never_shown()
    {
        var uploaded = await UploadAsync("life", "/site/", Root.Pem);
        Assert.Matches(@"\AASCA[A-Z0-9]{17}\z", uploaded.ServerCertificateId);
        Assert.Equal("arn:aws:iam::123456789012:server-certificate/site/life", uploaded.Arn);

        await server.CallAsync(
            IamContract.Service, IamContract.TagServerCertificate,
            new() { ServerCertificateName = "life", Tags = [new() { Key = "Team", Value = "a" }, new() { Key = "x", Value = "" }] });
        await server.CallAsync(
            IamContract.Service, IamContract.TagServerCertificate,
            new() { ServerCertificateName = "life", Tags = [new() { Key = "team", Value = "b" }] });
        await server.CallAsync(
            IamContract.Service, IamContract.UntagServerCertificate, new() { ServerCertificateName = "life", TagKeys = ["X", "y"] });
        await server.CallAsync(
            IamContract.Service, IamContract.UpdateServerCertificate,
            new() { ServerCertificateName = "life", NewServerCertificateName = "life2", NewPath = "/" });
        var read = (
            await server.CallAsync(
                IamContract.Service, IamContract.GetServerCertificate, new() { ServerCertificateName = "life2" })).ServerCertificate;

        Assert.Equal((Leaf.Pem, Root.Pem), (read.CertificateBody, read.CertificateChain));
        Assert.Equal([new() { Key = "team", Value = "b" }], read.Tags!);
        Assert.Equal(
            (uploaded.ServerCertificateId, "arn:aws:iam::123456789012:server-certificate/life2"),
            (read.ServerCertificateMetadata.ServerCertificateId, read.ServerCertificateMetadata.Arn));
        Assert.DoesNotContain("PRIVATE", read.ToString(), StringComparison.Ordinal);

        await server.CallAsync(IamContract.Service, IamContract.DeleteServerCertificate, new() { ServerCertificateName = "life2" });
        Assert.Equal((404, "NoSuchEntity"), await ErrorAsync(IamContract.GetServerCertificate, new() { ServerCertificateName = "life2" }));
    }

    [Fact]
    public async Task Lists_come_page_by_page_below_a_path_and_show_an_account_its_own()
    {
        foreach (var name in new[] { "l3", "l1", "l2" })
        {
            await UploadAsync(name, "/list/");
        }

        var first = await ListAsync(null);
        var second = await ListAsync(first.Marker);

        Assert.Equal(["l1", "l2"], first.ServerCertificateMetadataList.Select(certificate => certificate.ServerCertificateName));
        Assert.Equal(["l3"], second.ServerCertificateMetadataList.Select(certificate => certificate.ServerCertificateName));
        Assert.Equal((true, false, null), (first.IsTruncated, second.IsTruncated, second.Marker));
        Assert.Empty(
            (
                await server.CallAsync(
                    IamContract.Service, IamContract.ListServerCertificates, new(), "AKIDOTHER")).ServerCertificateMetadataList);
        Assert.Equal((400, "ValidationError"), await ErrorAsync(IamContract.ListServerCertificates, new() { Marker = "never-given!" }));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_as_at_AWS_and_never_repeats_the_key()
    {
        await UploadAsync("taken");

        Assert.Equal((409, "EntityAlreadyExists"), await ErrorAsync(IamContract.UploadServerCertificate, Upload("taken")));
        Assert.Equal(
            (400, "KeyPairMismatch"), await ErrorAsync(IamContract.UploadServerCertificate, Upload("x") with { PrivateKey = Root.KeyPem }));
        Assert.Equal(
            (400, "MalformedCertificate"),
            await ErrorAsync(IamContract.UploadServerCertificate, Upload("x") with { CertificateBody = "x" }));
        Assert.Equal(
            (400, "MalformedCertificate"),
            await ErrorAsync(IamContract.UploadServerCertificate, Upload("x") with { CertificateChain = Leaf.Pem }));
        Assert.Equal((400, "ValidationError"), await ErrorAsync(IamContract.UploadServerCertificate, Upload("é")));
        Assert.Equal(
            (400, "ValidationError"), await ErrorAsync(IamContract.UploadServerCertificate, Upload("x") with { Path = "/no-end" }));
        Assert.Equal(
            (400, "InvalidInput"),
            await ErrorAsync(
                IamContract.UploadServerCertificate,
                Upload("x") with { Tags = [new() { Key = "a", Value = "" }, new() { Key = "A", Value = "" }] }));

        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(
            () =>
                server.CallAsync(
                    IamContract.Service, IamContract.UploadServerCertificate, Upload("x") with { PrivateKey = Leaf.KeyPem + "ł" }));
        Assert.Equal(
            "1 validation error detected: Value at 'privateKey' failed to satisfy constraint: Member must satisfy regular expression " +
            "pattern: " +
            @"[\u0009\u000A\u000D\u0020-\u00FF]+",
            refusal.Text);
    }

    [Fact]
    public async Task A_secure_listener_shows_its_certificate_which_cannot_be_deleted_while_it_does()
    {
        var first = await UploadAsync("used1");
        var second = await UploadAsync("used2", "/p/");
        var listener = new Listener
        {
            Protocol = "https",
            LoadBalancerPort = 8443,
            InstanceProtocol = "HTTP",
            InstancePort = 80,
            SSLCertificateId = first.Arn,
        };
        await CreateAsync("secure", listener);
        await CreateAsync("secure", listener);
        Assert.Equal(
            (400, "DuplicateLoadBalancerName"),
            (await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("secure", listener with { SSLCertificateId = second.Arn }))).Error);

        var described = await DescribeAsync("secure");
        Assert.Equal(first.Arn, described.Listener!.SSLCertificateId);
        Assert.Equal(["ELBSecurityPolicy-2016-08"], described.PolicyNames!);

        var conflict = await Assert.ThrowsAsync<ServiceRefusal>(
            () => server.CallAsync(IamContract.Service, IamContract.DeleteServerCertificate, new() { ServerCertificateName = "used1" }));
        Assert.Equal((409, "DeleteConflict"), conflict.Error);
        Assert.Equal(
            $"Certificate: {first.ServerCertificateId} is currently in use by " +
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/secure. Please remove it first before deleting it from " +
            "IAM.",
            conflict.Text);

        await SetAsync("secure", 8443, second.Arn);
        await server.CallAsync(
            IamContract.Service, IamContract.UpdateServerCertificate, new() { ServerCertificateName = "used2", NewPath = "/q/" });
        Assert.Equal("arn:aws:iam::123456789012:server-certificate/q/used2", (await DescribeAsync("secure")).Listener!.SSLCertificateId);
        await server.CallAsync(IamContract.Service, IamContract.DeleteServerCertificate, new() { ServerCertificateName = "used1" });

        Assert.Equal(
            (400, "CertificateNotFound"), (await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync("secure", 8443, first.Arn))).Error);
        Assert.Equal(
            (400, "ListenerNotFound"),
            (await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync("secure", 81, second.Arn.Replace("/p/", "/q/")))).Error);
        Assert.Equal(
            (400, "LoadBalancerNotFound"), (await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync("absent", 81, second.Arn))).Error);
    }

    private static UploadServerCertificateRequest Upload(string name) =>
        new() { ServerCertificateName = name, CertificateBody = Leaf.Pem + "\n", PrivateKey = Leaf.KeyPem };

    private async Task<ServerCertificateMetadata> UploadAsync(string name, string? path = null, string? chain = null) =>
        (await server.CallAsync(
        IamContract.Service, IamContract.UploadServerCertificate,
        Upload(name) with { Path = path, CertificateChain = chain })).ServerCertificateMetadata!;

    private Task<ListServerCertificatesResponse> ListAsync(string? marker) =>
        server.CallAsync(
            IamContract.Service, IamContract.ListServerCertificates, new() { PathPrefix = "/list/", MaxItems = 2, Marker = marker });

    private Task CreateAsync(string name, Listener listener) => server.CallAsync(
        ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.CreateLoadBalancer,
        new() { LoadBalancerName = name, AvailabilityZones = ["eu-west-1a"], Listeners = [listener] });

    private Task SetAsync(string name, int port, string arn) => server.CallAsync(
        ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.SetLoadBalancerListenerSSLCertificate,
        new() { LoadBalancerName = name, LoadBalancerPort = port, SSLCertificateId = arn });

    private async Task<ListenerDescription> DescribeAsync(string name) => (await server.CallAsync(
        ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.DescribeLoadBalancers, new() { LoadBalancerNames = [name] }))
        .LoadBalancerDescriptions![0].ListenerDescriptions![0];

    private async Task<(int Status, string Code)> ErrorAsync<TRequest, TResponse>(
        AwsApi.OperationContract<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, AwsApi.Shapes.IShape<TRequest>
        where TResponse : class, AwsApi.Shapes.IShape<TResponse> =>
        (await Assert.ThrowsAsync<ServiceRefusal>(() => server.CallAsync(IamContract.Service, operation, request))).Error;
}
