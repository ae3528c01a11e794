using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;
using CloudLb.Tests.Api.Certificates;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Tests.Api.V2;

/// <summary>What a listener asks of its clients' certificates, as a client of the API sees it.</summary>
public sealed class MutualAuthenticationTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly TestAuthority Authority = TestAuthority.Of("authority");

    private static readonly Action Answer = new()
    {
        Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "200", ContentType = "text/plain", MessageBody = "ok" },
    };

    private readonly TrustStoreCalls _calls = new(server);

    [Fact]
    public async Task Every_mode_is_shown_as_it_was_set_and_a_change_replaces_all_of_it()
    {
        var (loadBalancer, certificate) = (await LoadBalancerAsync(), await UploadAsync());
        var store = await _calls.CreateAsync(Authority.Pem);
        var listener = await CreateAsync(loadBalancer, 443, certificate, new()
        {
            Mode = "verify", TrustStoreArn = store.TrustStoreArn, IgnoreClientCertificateExpiry = true, AdvertiseTrustStoreCaNames = "on",
        });

        Assert.Equal(Verify(store, true, "on"), listener.MutualAuthentication);
        Assert.Equal(
            Verify(store, true, "on"), (await ModifyAsync(listener, new() { ListenerArn = "", Port = 444 })).MutualAuthentication);
        Assert.Equal([loadBalancer], await _calls.AssociationsAsync(store));
        Assert.Equal(
            Verify(store, false, "off"),
            (await ChangeAsync(listener, new() { Mode = "verify", TrustStoreArn = store.TrustStoreArn })).MutualAuthentication);
        Assert.Equal(
            $"Trust store '{store.TrustStoreArn}' is currently in use by a listener",
            await RefusedAsync("TrustStoreInUse", () => _calls.DeleteAsync(store)));
        await RefusedAsync("DeleteAssociationSameAccount", () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DeleteSharedTrustStoreAssociation,
            new() { TrustStoreArn = store.TrustStoreArn!, ResourceArn = loadBalancer }));

        Assert.Equal(
            new MutualAuthenticationAttributes { Mode = "passthrough" },
            (await ChangeAsync(listener, new() { Mode = "passthrough" })).MutualAuthentication);
        Assert.Equal(
            new MutualAuthenticationAttributes { Mode = "off" },
            (await ChangeAsync(listener, new() { Mode = "off" })).MutualAuthentication);
        await _calls.DeleteAsync(store);
    }

    [Theory]
    [InlineData("none", null, null, null, "Mutual Authentication mode none not found")]
    [InlineData("verify", null, null, null, "Mutual Authentication mode verify requires a trust store arn")]
    [InlineData("passthrough", "ARN", null, null, "Mutual Authentication mode passthrough does not support a trust store arn")]
    [InlineData("passthrough", null, true, null,
        "Mutual Authentication mode passthrough does not support ignoring client certificate expiry")]
    [InlineData("off", null, null, "on", "Mutual Authentication mode off does not support advertise trust store ca names")]
    [InlineData("off", null, true, null, "Mutual Authentication mode off does not support ignoring client certificate expiry")]
    [InlineData("verify", "not an ARN", null, null, "'not an ARN' is not a valid trust store ARN")]
    public async Task What_a_mode_does_not_have_is_refused(string mode, string? trustStore, bool? ignores, string? names, string expected)
    {
        var (loadBalancer, certificate) = (await LoadBalancerAsync(), await UploadAsync());
        var arn = trustStore == "ARN" ? (await _calls.CreateAsync(Authority.Pem)).TrustStoreArn : trustStore;

        Assert.Equal(expected, await RefusedAsync("ValidationError", () => CreateAsync(loadBalancer, 443, certificate, new()
        {
            Mode = mode, TrustStoreArn = arn, IgnoreClientCertificateExpiry = ignores, AdvertiseTrustStoreCaNames = names,
        })));
    }

    [Fact]
    public async Task A_load_balancer_has_two_listeners_that_verify_and_a_trust_store_is_there_and_the_accounts()
    {
        var (loadBalancer, certificate) = (await LoadBalancerAsync(), await UploadAsync());
        var (own, foreign) = (await _calls.CreateAsync(Authority.Pem), await _calls.CreateAsync(Authority.Pem, key: "AKIDOTHER"));
        MutualAuthenticationAttributes verify = new() { Mode = "verify", TrustStoreArn = own.TrustStoreArn };
        var first = await CreateAsync(loadBalancer, 443, certificate, verify);
        await CreateAsync(loadBalancer, 444, certificate, verify);
        var third = await CreateAsync(loadBalancer, 445, certificate, new() { Mode = "passthrough" });

        var expected = "You have reached the maximum number of listeners with mutual authentication with verify mode that you can " +
            $"associate with load balancer '{loadBalancer}': [2]";
        Assert.Equal(expected, await RefusedAsync("TooManyListeners", () => CreateAsync(loadBalancer, 446, certificate, verify)));
        Assert.Equal(expected, await RefusedAsync("TooManyListeners", () => ChangeAsync(third, verify)));
        Assert.Equal("verify", (await ChangeAsync(first, verify)).MutualAuthentication!.Mode);
        await RefusedAsync(
            "TrustStoreNotFound", () => ChangeAsync(first, new() { Mode = "verify", TrustStoreArn = foreign.TrustStoreArn }));
        await RefusedAsync(
            "TrustStoreNotFound",
            () => ChangeAsync(first, new() { Mode = "verify", TrustStoreArn = own.TrustStoreArn![..^16] + "0123456789abcdef" }));
    }

    [Theory]
    [InlineData("X-Client Cert", "contains invalid characters")]
    [InlineData("X-Client:Cert", "contains invalid characters")]
    [InlineData("Host", "is not supported")]
    [InlineData("x-cloudlb-passed-on", "is not supported")]
    public async Task Headers_are_named_by_attributes(string name, string fault)
    {
        const string Key = "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name";
        var listener = await CreateAsync(await LoadBalancerAsync(), 443, await UploadAsync(), new() { Mode = "passthrough" });

        Assert.Equal("X-Amzn-Mtls-Clientcert-Leaf", await NameAsync(listener, Key));
        await SetAsync(listener, Key, "X_Client-Leaf");
        Assert.Equal("X_Client-Leaf", await NameAsync(listener, Key));
        Assert.EndsWith(fault, await RefusedAsync(null, () => SetAsync(listener, Key, name)), StringComparison.Ordinal);
    }

    private static MutualAuthenticationAttributes Verify(TrustStore store, bool ignores, string names) => new()
    {
        Mode = "verify",
        TrustStoreArn = store.TrustStoreArn,
        IgnoreClientCertificateExpiry = ignores,
        TrustStoreAssociationStatus = "active",
        AdvertiseTrustStoreCaNames = names,
    };

    private static async Task<string> RefusedAsync(string? code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ServiceRefusal>(call);
        Assert.Equal((400, code ?? refused.Error.Code), refused.Error);
        return refused.Text;
    }

    private async Task<string> UploadAsync()
    {
        var certificate = TestCertificate.SelfSigned();
        return (await server.CallAsync(
            IamContract.Service, IamContract.UploadServerCertificate,
            new()
            {
                ServerCertificateName = TrustStoreCalls.NewName("crt"), CertificateBody = certificate.Pem, PrivateKey = certificate.KeyPem,
            })).ServerCertificateMetadata!.Arn;
    }

    private async Task<string> LoadBalancerAsync() => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateLoadBalancer,
        new() { Name = TrustStoreCalls.NewName("lb"), Subnets = ["subnet-00000000", "subnet-00000001"] }))
        .LoadBalancers![0].LoadBalancerArn!;

    private async Task<Listener> CreateAsync(
        string loadBalancer, int port, string certificate, MutualAuthenticationAttributes asked) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateListener,
        new()
        {
            LoadBalancerArn = loadBalancer,
            Protocol = "HTTPS",
            Port = port,
            Certificates = [new() { CertificateArn = certificate }],
            DefaultActions = [Answer],
            MutualAuthentication = asked,
        })).Listeners![0];

    private Task<Listener> ChangeAsync(Listener listener, MutualAuthenticationAttributes asked) =>
        ModifyAsync(listener, new() { ListenerArn = "", MutualAuthentication = asked });

    private async Task<Listener> ModifyAsync(Listener listener, ModifyListenerRequest request) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListener,
        request with { ListenerArn = listener.ListenerArn! })).Listeners![0];

    private Task SetAsync(Listener listener, string key, string value) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListenerAttributes,
        new() { ListenerArn = listener.ListenerArn!, Attributes = [new() { Key = key, Value = value }] });

    private async Task<string?> NameAsync(Listener listener, string key) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeListenerAttributes,
        new() { ListenerArn = listener.ListenerArn! })).Attributes!.Single(attribute => attribute.Key == key).Value;
}
