using System.Net;
using CloudLb.AwsApi;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Health;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Elb.Planning;
using CloudLb.Tests.Unit.Health;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Targets;

public sealed class TargetRulesTests : IDisposable
{
    private const string Other = "210987654321";

    private readonly MemoryResources _store = new();
    private readonly FileInventory _file;
    private readonly InstanceRules _rules;

    public TargetRulesTests()
    {
        _file = new(_store);
        var rules = new TargetRules(
            _file.Inventory, [IPNetwork.Parse("127.0.64.0/18")],
            new(() => [IPEndPoint.Parse("127.0.0.1:8000"), IPEndPoint.Parse("0.0.0.0:9400")]),
            new([], [IPNetwork.Parse("10.9.0.0/16")], hasSeveralAccounts: true));
        _rules = new(rules, _store, _file.Inventory);
        _store.Keep(Sample.LoadBalancer("api", "192.0.2.7") with { Listeners = [Sample.Listener(8080, 9000)] });
        _store.Keep(Sample.LoadBalancer());
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("127.0.64.9", "127.0.64.9 is an address of load balancers, which cannot be instances")]
    [InlineData("64:ff9b::7f00:4009", "127.0.64.9 is an address of load balancers, which cannot be instances")]
    [InlineData("192.0.2.7", "a load balancer listens on 192.0.2.7 port 8080")]
    [InlineData("127.0.0.1", "127.0.0.1 is in the network 127.0.0.0/8, where no instance may be")]
    [InlineData("169.254.169.254", "169.254.169.254 is in the network 169.254.0.0/16, where no instance may be")]
    [InlineData("2002:a9fe:a9fe::1", "169.254.169.254 is in the network 169.254.0.0/16, where no instance may be")]
    [InlineData("10.9.1.1", "10.9.1.1 is in the network 10.9.0.0/16, where no instance may be")]
    public void What_may_not_be_a_target_is_not_registered(string address, string reason) => Assert.Equal(
        ("InvalidInstance", $"EC2 instance {address} cannot be registered: {reason}."),
        Sample.Refusal(() => _rules.Check(_store.Current, Web, [Sample.Instance(address, address)])));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("192.0.2.8")]
    [InlineData("2001:db8::7f00:4009")]
    public void Everything_else_is_and_has_been_judged(string address) =>
        Assert.True(Assert.Single(_rules.Check(_store.Current, Web, [Sample.Instance(address, address)])).IsJudged);

    [Theory]
    [InlineData("127.0.0.1", 8000, true)]
    [InlineData("127.0.0.2", 8000, false)]
    [InlineData("127.0.0.2", 9400, true)]
    [InlineData("192.0.2.7", 8080, true)]
    [InlineData("192.0.2.7", 8081, false)]
    public void A_port_that_is_named_later_is_judged_too(string address, int port, bool isRefused)
    {
        var web = Web with { Listeners = [], HealthCheck = HealthCheck.Default(1), Instances = [Sample.Instance(address, address)] };
        var listening = web with { Listeners = [Sample.Listener(80, port)] };
        var checking = web with { HealthCheck = HealthCheck.Default(port) };

        if (isRefused)
        {
            Assert.Equal(
                "InvalidConfigurationRequest",
                Sample.Refusal(
                    () =>
                        _rules.CheckPorts(
                            _store.Current, web, listening,
                            CloudLb.Elb.Contracts.ElasticLoadBalancingErrors.InvalidConfigurationRequest)).Code);
            Assert.Equal(
                "ValidationError",
                Sample.Refusal(() => _rules.CheckPorts(_store.Current, web, checking, CommonErrors.ValidationError)).Code);
        }
        else
        {
            Assert.Same(
                listening,
                _rules.CheckPorts(
                    _store.Current, web, listening, CloudLb.Elb.Contracts.ElasticLoadBalancingErrors.InvalidConfigurationRequest));
            Assert.Same(checking, _rules.CheckPorts(_store.Current, web, checking, CommonErrors.ValidationError));
        }
    }

    [Fact]
    public async Task An_address_that_the_inventory_has_now_is_judged_at_each_plan()
    {
        await _file.WriteAsync("""{ "i-1": "10.0.0.1" }""");
        _store.Keep(Web with { Instances = [.. _rules.Check(_store.Current, Web, [Sample.Instance("i-1")])] });
        var source = new ClassicPlanSource(_store, _file.Inventory, targets: _rules);
        Assert.Equal(["i-1"], Planned(source));

        await _file.WriteAsync("""{ "i-1": "127.0.64.1" }""");

        Assert.Empty(Planned(source));
        Assert.Equal(
            new(
                InstanceState.OutOfService, "ELB",
                "Instance cannot be given traffic: 127.0.64.1 is an address of load balancers, which cannot be instances."),
            Health("i-1"));
    }

    [Fact]
    public void What_was_registered_before_the_rules_goes_on_where_only_a_default_forbids_it()
    {
        _store.Keep(
            Web with
            {
                Instances =
                [
                    Sample.Instance("127.0.0.1", "127.0.0.1"), Sample.Instance("127.0.64.9", "127.0.64.9"),
                    Sample.Instance("10.9.0.1", "10.9.0.1"),
                ],
            });
        var source = new ClassicPlanSource(_store, _file.Inventory, targets: _rules);

        Assert.Equal(["127.0.0.1", "127.0.64.9"], Planned(source));
        Assert.Equal(InstanceHealth.InService, Health("127.0.0.1"));
        Assert.False(Assert.Single(_rules.Check(_store.Current, Web, [Sample.Instance("127.0.0.1", "127.0.0.1")])).IsJudged);

        _store.Keep(Sample.LoadBalancer("late", "127.0.64.9") with { Listeners = [Sample.Listener(8080, 9000)] });
        Assert.Equal(["127.0.0.1"], Planned(source));
    }

    [Fact]
    public async Task What_belongs_to_another_account_is_no_target_by_its_id_or_its_address()
    {
        await _file.WriteAsync(
            $$"""
            {
              "i-1": { "address": "10.0.0.1", "account": "{{Other}}" }, "i-2": { "address": "10.0.0.2", "account": "{{Sample.Account}}" },
              "i-3": "10.0.0.3"
            }
            """);

        Assert.EndsWith(
            "belongs to another account.",
            Sample.Refusal(() => _rules.Check(_store.Current, Web, [Sample.Instance("i-1", "10.0.0.1")])).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "10.0.0.1 belongs to another account.",
            Sample.Refusal(() => _rules.Check(_store.Current, Web, [Sample.Instance("10.0.0.1", "10.0.0.1")])).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            2, _rules.Check(_store.Current, Web, [Sample.Instance("i-2", "10.0.0.2"), Sample.Instance("10.0.0.3", "10.0.0.3")]).Count);
    }

    private LoadBalancer Web => _store.Current.LoadBalancers.Get(Sample.Key());

    private static IEnumerable<string> Planned(ClassicPlanSource source) =>
        source.Plan().Single(planned => planned.Id == Sample.Key().ToId()).Pools[0].Members.Select(member => member.Target);

    private InstanceHealth Health(string id) =>
        new HealthReader(new SameHealth(ObservedHealth.Passing), _file.Inventory, _rules).Read(Web, id);
}
