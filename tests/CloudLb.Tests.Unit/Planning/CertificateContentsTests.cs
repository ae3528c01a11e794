using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Planning;

public sealed class CertificateContentsTests
{
    private const string First = "ASCA11111111111111111";
    private const string Second = "ASCA22222222222222222";

    private readonly MemoryResources _store = new();

    [Fact]
    public void A_certificate_that_was_imported_again_is_another_in_the_plan_and_the_rest_stays_the_same_object()
    {
        Keep(First, 0);
        Keep(Second, 0);
        var contents = new CertificateContents(_store);
        var plan = new TrafficPlan([Planned("a", First, Second), Planned("b", Second), Planned("c", null)]);
        Assert.Same(plan, contents.NamedIn(plan));

        Keep(First, 2);
        var named = contents.NamedIn(plan);
        var tls = named.LoadBalancers[0].Listeners[0].Tls!;

        Assert.Equal(($"{First}v2", [Second]), (tls.CertificateId, tls.NamedCertificateIds));
        Assert.Same(plan.LoadBalancers[1], named.LoadBalancers[1]);
        Assert.Same(plan.LoadBalancers[2], named.LoadBalancers[2]);
        Assert.Same(named.LoadBalancers[0], contents.NamedIn(plan).LoadBalancers[0]);

        Keep(Second, 1);
        named = contents.NamedIn(plan);
        Assert.Equal([$"{Second}v1"], named.LoadBalancers[0].Listeners[0].Tls!.NamedCertificateIds);
        Assert.Equal($"{Second}v1", named.LoadBalancers[1].Listeners[0].Tls!.CertificateId);
        Assert.Equal(Second, ServerCertificate.IdOf($"{Second}v1"));
    }

    private static PlannedLoadBalancer Planned(string name, string? certificate, params string[] named) => new()
    {
        Id = Sample.Key(name).ToId(),
        Addresses = [],
        Listeners =
        [
            new()
            {
                Port = 443,
                Mode = TrafficMode.Tcp,
                Tls = certificate is null ? null : new()
                {
                    CertificateId = certificate, NamedCertificateIds = [.. named], Versions = [TlsVersion.Tls12], Ciphers = ["x"],
                    IsServerOrder = true,
                },
                DefaultAction = PlannedAction.Forward.To("80"),
                IdleTimeout = TimeSpan.FromSeconds(60),
            },
        ],
        Pools = [],
        Answers = new("none", []),
    };

    private void Keep(string id, int generation) => _store.Current = _store.Current.With(CertificateCollection.Kind, new()
    {
        Id = id,
        Account = Sample.Account,
        Region = "us-east-1",
        Generation = generation,
        Name = id,
        Path = "/",
        Body = "",
        PrivateKey = new([]),
        UploadDate = Sample.Noon,
        Expiration = Sample.Noon,
    });
}
