using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerListenersTests
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer();

    [Fact]
    public void Listeners_stand_in_the_order_of_their_ports() =>
        Assert.Equal(
            [25, 80, 443, 9000],
            Ports(Web.WithListeners([Sample.Listener(9000), Sample.Listener(443), Sample.Listener(25)], Sample.Quotas)));

    [Fact]
    public void The_same_listener_again_changes_nothing() =>
        Assert.Equal(Web, Web.WithListeners([Sample.Listener(), Sample.Listener()], Sample.Quotas));

    public static TheoryData<Listener> Others => new(
        Sample.Listener(instancePort: 8081),
        Sample.Listener(protocol: ListenerProtocol.TCP),
        Sample.Listener() with { InstanceProtocol = ListenerProtocol.HTTPS });

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_listener_on_a_port_that_has_one_is_a_DuplicateListener(Listener other) => Assert.Equal(
        (
            "DuplicateListener",
            "A listener already exists for web with LoadBalancerPort 80, but with a different InstancePort, Protocol, or SSLCertificateId"),
        Sample.Refusal(() => Web.WithListeners([Sample.Listener(81), other], Sample.Quotas)));

    [Fact]
    public void Two_different_listeners_of_one_request_on_one_port_are_a_DuplicateListener() => Assert.Equal(
        "DuplicateListener", Sample.Refusal(() => Web.WithListeners([Sample.Listener(81), Sample.Listener(81, 1)], Sample.Quotas)).Code);

    [Fact]
    public void An_instance_port_is_secure_for_all_its_listeners_or_for_none()
    {
        var secure = Sample.Listener(81) with { InstanceProtocol = ListenerProtocol.HTTPS };

        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => Web.WithListeners([secure], Sample.Quotas)).Code);
        Assert.Equal([80, 81], Ports(Web.WithListeners([secure with { InstancePort = 8443 }], Sample.Quotas)));
    }

    [Fact]
    public void A_certificate_is_replaced_on_a_secure_listener_alone()
    {
        var web = Web.WithListeners(
            [Sample.Listener(443, 8080) with { Protocol = ListenerProtocol.HTTPS, CertificateId = "ASCA1" }], Sample.Quotas);

        Assert.Equal("ASCA2", web.WithCertificateOfListener(443, "ASCA2").Listeners[1].CertificateId);
        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => web.WithCertificateOfListener(80, "ASCA2")).Code);
        Assert.Equal(
            ("ListenerNotFound", "There is no listener with port 81 for load balancer web"),
            Sample.Refusal(() => web.WithCertificateOfListener(81, "ASCA2")));
    }

    [Fact]
    public void More_listeners_than_the_quota_are_refused()
    {
        var quotas = new Quotas { Listeners = 2 };
        var full = Web.WithListeners([Sample.Listener(81)], quotas);

        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => full.WithListeners([Sample.Listener(82)], quotas)).Code);
        Assert.Equal(full, full.WithListeners([Sample.Listener(81)], quotas));
    }

    [Fact]
    public void A_quota_that_was_lowered_does_not_refuse_what_is_there() =>
        Assert.Equal(Web, Web.WithListeners([Sample.Listener()], new() { Listeners = 0 }));

    [Fact]
    public void Removing_a_port_without_a_listener_is_no_error_and_the_last_listener_may_go()
    {
        Assert.Equal(Web, Web.WithoutListeners([81, -1, int.MaxValue]));
        Assert.Empty(Web.WithoutListeners([80, 80]).Listeners);
    }

    private static IEnumerable<int> Ports(LoadBalancer loadBalancer) =>
        loadBalancer.Listeners.Select(listener => listener.LoadBalancerPort);
}
