using System.Net;
using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.V2;

/// <summary>Trust stores and their revocations, as a client sees them.</summary>
public sealed class TrustStoreTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly TestAuthority One = TestAuthority.Of("one"), Two = TestAuthority.Of("two");
    private static readonly HttpClient Http = new();

    private readonly TrustStoreCalls _calls = new(server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trust_store_is_made_of_a_file_described_changed_and_deleted()
    {
        var name = TrustStoreCalls.NewName();
        var made = await _calls.CreateAsync($"words\n{One.Pem}\nmore words\n{Two.Pem}", name, tags: new Tag { Key = "team", Value = "a" });

        Assert.Matches($"^arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/{name}/[0-9a-f]{{16}}$", made.TrustStoreArn);
        Assert.Equal((name, "ACTIVE", 2, 0L), (made.Name, made.Status, made.NumberOfCaCertificates, made.TotalRevokedEntries));
        Assert.Equal([made], await _calls.DescribeAsync(new() { Names = [name] }));
        Assert.Equal([made], await _calls.DescribeAsync(new() { TrustStoreArns = [made.TrustStoreArn!] }));
        Assert.Contains(made, await _calls.DescribeAsync(new()));
        Assert.Equal(["team a"], await TagsAsync(made));
        await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.AddTags,
            new() { ResourceArns = [made.TrustStoreArn!], Tags = [new() { Key = "team", Value = "b" }] });
        Assert.Equal(["team b"], await TagsAsync(made));
        await RefusedAsync("DuplicateTrustStoreName", () => _calls.CreateAsync(One.Pem, name));

        Assert.Equal(1, (await _calls.ModifyAsync(made, Two.Pem)).NumberOfCaCertificates);
        await _calls.DeleteAsync(made);
        await RefusedAsync("TrustStoreNotFound", () => _calls.DescribeAsync(new() { Names = [name] }));
        await RefusedAsync("TrustStoreNotFound", () => _calls.DeleteAsync(made));
    }

    [Theory]
    [InlineData("nothing of the kind")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n")]
    [InlineData(" ")]
    public async Task What_is_no_certificate_is_refused(string file) => Assert.Equal(
        "The specified ca certificate bundle is in an invalid format, or corrupt",
        await RefusedAsync("InvalidCaCertificatesBundle", () => _calls.CreateAsync(file)));

    [Fact]
    public async Task A_bundle_has_certificates_of_authorities_25_at_most()
    {
        await RefusedAsync(
            "InvalidCaCertificatesBundle", () => _calls.CreateAsync(One.Pem + "\n" + One.Issue("CN=client").ExportCertificatePem()));
        await RefusedAsync("InvalidCaCertificatesBundle", () => _calls.CreateAsync(TestCertificate.SelfSigned(keySize: 1024).Pem));
        var many = string.Concat(Enumerable.Repeat(One.Pem + "\n", 25));
        Assert.Equal(25, (await _calls.CreateAsync(many)).NumberOfCaCertificates);
        await RefusedAsync("InvalidCaCertificatesBundle", () => _calls.CreateAsync(many + Two.Pem));
        await RefusedAsync("InvalidCaCertificatesBundle", () => _calls.CreateAsync(new string(' ', 1024 * 1024) + One.Pem));
    }

    [Theory]
    [InlineData("trust", "not-there.pem", null)]
    [InlineData("none", "file.pem", null)]
    [InlineData("..", "file.pem", null)]
    [InlineData("trust", "../../../../etc/ssl/certs/ca-certificates.crt", null)]
    [InlineData("trust", "/etc/ssl/certs/ca-certificates.crt", null)]
    [InlineData("trust", "a\0b", null)]
    [InlineData("trust", "KEY", "a-version")]
    public async Task What_is_not_in_the_bucket_is_not_found(string bucket, string key, string? version)
    {
        var there = _calls.Put(One.Pem);
        await RefusedAsync("CaCertificatesBundleNotFound", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateTrustStore,
            new()
            {
                Name = TrustStoreCalls.NewName(),
                CaCertificatesBundleS3Bucket = bucket,
                CaCertificatesBundleS3Key = key == "KEY" ? there : key,
                CaCertificatesBundleS3ObjectVersion = version,
            }));
    }

    [Fact]
    public async Task Revocations_are_added_counted_described_and_removed()
    {
        var store = await _calls.CreateAsync(One.Pem);
        var (a, b, c) = (One.Issue("CN=a"), One.Issue("CN=b"), Two.Issue("CN=c"));

        var added = await _calls.RevokeAsync(store, One.ListOf(a, b), One.ListOf() + Two.ListOf(c));
        Assert.Equal([(1L, 2L), (2L, 1L)], added.Select(each => (each.RevocationId!.Value, each.NumberOfRevokedEntries!.Value)));
        Assert.Equal(3, (await _calls.RevokeAsync(store, One.ListOf(a)))[0].RevocationId);
        Assert.Equal(4, (await _calls.DescribeAsync(new() { TrustStoreArns = [store.TrustStoreArn!] }))[0].TotalRevokedEntries);
        Assert.Equal([3L], (await _calls.RevocationsAsync(store, 3)).Select(each => each.RevocationId!.Value));

        await RefusedAsync("RevocationIdNotFound", () => _calls.UnrevokeAsync(store, 1, 9));
        await _calls.UnrevokeAsync(store, 1, 3);
        Assert.Equal(
            [(2L, "CRL")], (await _calls.RevocationsAsync(store)).Select(each => (each.RevocationId!.Value, each.RevocationType!)));
        Assert.Equal(4, (await _calls.RevokeAsync(store, One.ListOf(a)))[0].RevocationId);
        await RefusedAsync("RevocationIdNotFound", () => _calls.RevocationsAsync(store, 1));
        await _calls.DeleteAsync(store);
    }

    [Fact]
    public async Task What_is_no_revocation_list_is_refused_and_nothing_is_added()
    {
        var store = await _calls.CreateAsync(One.Pem + "\n" + TestAuthority.Of("silent", signsLists: false).Pem);
        var list = One.ListOf(One.Issue("CN=a"));
        foreach (var file in new[] { "", One.Pem, list[..^30], "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n" })
        {
            await RefusedAsync("InvalidRevocationContent", () => _calls.RevokeAsync(store, list, file + " "));
        }

        var many = string.Concat(Enumerable.Repeat(list, 26));
        Assert.Equal(
            "The provided revocation file has more than '25' lists",
            await RefusedAsync("InvalidRevocationContent", () => _calls.RevokeAsync(store, many)));
        Assert.Equal(
            "The key usage of an authority's certificate in the trust store does not include CRL signing",
            await RefusedAsync("InvalidRevocationContent", () => _calls.RevokeAsync(store, TestAuthority.Of("silent").ListOf())));
        Assert.Equal(
            "Revocation contents must be specified", await RefusedAsync("ValidationError", () => _calls.RevokeAsync(store)));
        await RefusedAsync("RevocationContentNotFound", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.AddTrustStoreRevocations,
            new()
            {
                TrustStoreArn = store.TrustStoreArn!,
                RevocationContents = [new() { S3Bucket = TrustStoreCalls.Bucket, S3Key = "none" }],
            }));
        await RefusedAsync(
            "TooManyTrustStoreRevocationEntries", () => _calls.RevokeAsync(store, [.. Enumerable.Repeat(list, 31)]));
        Assert.Empty(await _calls.RevocationsAsync(store));
    }

    [Fact]
    public async Task What_was_read_is_given_back_at_an_address_that_was_signed()
    {
        var store = await _calls.CreateAsync($"words\n{One.Pem}\n{Two.Pem}\n");
        var list = One.ListOf(One.Issue("CN=a"));
        await _calls.RevokeAsync(store, "words\n" + list);

        var bundle = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.GetTrustStoreCaCertificatesBundle,
            new() { TrustStoreArn = store.TrustStoreArn! })).Location!;
        Assert.Equal($"{One.Pem}\n{Two.Pem}\n", await Http.GetStringAsync(bundle, Token));
        var content = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.GetTrustStoreRevocationContent,
            new() { TrustStoreArn = store.TrustStoreArn!, RevocationId = 1 })).Location!;
        Assert.Equal(list, await Http.GetStringAsync(content, Token));
        foreach (var forged in new[]
        {
            content.Replace("RevocationId=1", "RevocationId=", StringComparison.Ordinal), bundle.Replace("Expires=", "Expires=9"),
            bundle[..^1], bundle[..bundle.IndexOf('?')],
        })
        {
            using var refused = await Http.GetAsync(forged, Token);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await RefusedAsync("RevocationIdNotFound", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.GetTrustStoreRevocationContent,
            new() { TrustStoreArn = store.TrustStoreArn!, RevocationId = 2 }));
    }

    [Fact]
    public async Task Another_accounts_trust_store_is_not_there_and_none_is_shared()
    {
        var foreign = await _calls.CreateAsync(One.Pem, key: "AKIDOTHER");
        var own = await _calls.CreateAsync(One.Pem);

        await RefusedAsync("TrustStoreNotFound", () => _calls.DescribeAsync(new() { TrustStoreArns = [foreign.TrustStoreArn!] }));
        await RefusedAsync("TrustStoreNotFound", () => _calls.DeleteAsync(foreign));
        await RefusedAsync("TrustStoreNotFound", () => _calls.ModifyAsync(foreign, Two.Pem));
        await RefusedAsync("TrustStoreNotFound", () => _calls.RevokeAsync(foreign, One.ListOf()));
        await RefusedAsync("ResourceNotFound", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.GetResourcePolicy,
            new() { ResourceArn = own.TrustStoreArn! }));
        await RefusedAsync("AssociationNotFound", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DeleteSharedTrustStoreAssociation,
            new() { TrustStoreArn = own.TrustStoreArn!, ResourceArn = own.TrustStoreArn! }));
        Assert.Empty(await _calls.AssociationsAsync(own));
    }

    private async Task<IEnumerable<string>> TagsAsync(TrustStore store) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeTags,
        new() { ResourceArns = [store.TrustStoreArn!] })).TagDescriptions![0].Tags!.Select(tag => $"{tag.Key} {tag.Value}");

    /// <summary>The words of the refusal.</summary>
    private static async Task<string> RefusedAsync(string code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ServiceRefusal>(call);
        Assert.Equal((400, code), refused.Error);
        return refused.Text;
    }
}
