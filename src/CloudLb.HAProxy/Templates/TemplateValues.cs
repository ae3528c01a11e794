using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using Fluid.Values;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// What templates are told. Texts that callers of an API, or an inventory, have chosen are names as HAProxy takes them or are refused, so
/// that wherever a template puts one it is one word and ends nothing.
/// </summary>
internal static class TemplateValues
{
    /// <summary>What this one has not, and others have; a value that none has is an error.</summary>
    private static readonly FluidValue Missing = BooleanValue.False;

    /// <summary>Of a load balancer; what is about one of its parts is added to it.</summary>
    public static Dictionary<string, FluidValue> Of(PlannedLoadBalancer loadBalancer) => new(StringComparer.Ordinal)
    {
        ["load_balancer"] = Dictionary(
            ("id", Text(ProxyName.OfLoadBalancer(loadBalancer.Id))),
            ("name", Text(loadBalancer.Id.Name)),
            ("account", Text(loadBalancer.Id.Account.ToString())),
            ("region", Text(loadBalancer.Id.Region))),
        ["listeners"] = List(loadBalancer.Listeners.Select(listener => Of(loadBalancer, listener))),
        ["pools"] = List(loadBalancer.Pools.Select(pool => Of(loadBalancer, pool))),
    };

    public static FluidValue Of(PlannedLoadBalancer loadBalancer, PlannedListener listener) => Dictionary(
        ("name", Text(ProxyName.OfListener(loadBalancer.Id, listener.Port))),
        ("port", NumberValue.Create(listener.Port)),
        ("protocol", Text(Of(listener.Mode))),
        ("is_secure", BooleanValue.Create(listener.Tls is not null)),
        ("pool", listener.DefaultAction is PlannedAction.Forward { OnlyPool: { } pool }
            ? Text(ProxyName.OfPool(loadBalancer.Id, pool))
            : Missing));

    public static FluidValue Of(PlannedLoadBalancer loadBalancer, PlannedPool pool) => Dictionary(
        ("name", Text(ProxyName.OfPool(loadBalancer.Id, pool.Name))),
        ("port", pool.MemberPort is { } port ? NumberValue.Create(port) : Missing),
        ("protocol", Text(Of(pool.Mode))));

    public static FluidValue Of(PlannedPool pool, PlannedMember member) => Dictionary(
        ("name", Text(MemberName.OfServer(pool, member))),
        ("id", Text(member.Target)),
        ("address", Text(Literal(member.Address))),
        ("port", NumberValue.Create(member.Port)),
        ("zone", member.Zone is { } zone ? Text(zone) : Missing));

    public static FluidValue Text(string name) => new StringValue(Name.Checked(name));

    private static string Of(TrafficMode mode) => mode == TrafficMode.Http ? "http" : "tcp";

    private static string Literal(IPAddress address) => address.ToString();

    private static FluidValue List(IEnumerable<FluidValue> values) => new ArrayValue([.. values]);

    private static FluidValue Dictionary(params (string Name, FluidValue Value)[] values) => new DictionaryValue(
        new FluidValueDictionaryFluidIndexable(values.ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal)));
}
