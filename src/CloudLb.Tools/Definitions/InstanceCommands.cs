using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Definitions;

/// <summary>Instances come, go, and are asked how they are.</summary>
internal static class InstanceCommands
{
    private const string NoInstance = "No Instances currently registered to LoadBalancer";

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "register-instances-with-lb", Summary = "Registers instances with a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Instances with { IsRequired = true }],
            JavaOutput = "INSTANCE_ID  INSTANCE_ID", EucaOutput = "INSTANCE  id",
            Note = "A row is printed for each instance that is now registered.",
            Call = new Call<RegisterInstancesWithLoadBalancerRequest, RegisterInstancesWithLoadBalancerResponse>(
                ElasticLoadBalancingContract.RegisterInstancesWithLoadBalancer)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Instances = Parts.InstancesOf(arguments)! },
                Otherwise = NoInstance,
                Java = response => Rows("INSTANCE_ID", response.Instances),
                Euca = (response, _) => Rows("INSTANCE", response.Instances),
            },
        },
        new()
        {
            Name = "deregister-instances-from-lb", Summary = "Deregisters instances from a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Instances with { IsRequired = true }],
            JavaOutput = "INSTANCE_ID  INSTANCE_ID", EucaOutput = "INSTANCE  id",
            Note = "A row is printed for each instance that is still registered.",
            Call = new Call<DeregisterInstancesFromLoadBalancerRequest, DeregisterInstancesFromLoadBalancerResponse>(
                ElasticLoadBalancingContract.DeregisterInstancesFromLoadBalancer)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Instances = Parts.InstancesOf(arguments)! },
                Otherwise = NoInstance,
                Java = response => Rows("INSTANCE_ID", response.Instances),
                Euca = (response, _) => Rows("INSTANCE", response.Instances),
            },
        },
        new()
        {
            Name = "describe-instance-health", Summary = "Shows the state of a load balancer's instances.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Instances, Parts.ShowLong],
            JavaOutput = "INSTANCE_ID  INSTANCE_ID  STATE  DESCRIPTION  REASON_CODE", EucaOutput = "INSTANCE  id  state",
            Call = new Call<DescribeInstanceHealthRequest, DescribeInstanceHealthResponse>(
                ElasticLoadBalancingContract.DescribeInstanceHealth)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Instances = Parts.InstancesOf(arguments) },
                Otherwise = NoInstance,
                Java = response => response.InstanceStates?.Select(state => HealthRow("INSTANCE_ID", state, isLong: true)) ?? [],
                Euca = (response, arguments) =>
                    response.InstanceStates?.Select(state => HealthRow("INSTANCE", state, arguments.Has(CommonOptions.ShowLong))) ?? [],
            },
        },
    ];

    private static IEnumerable<Row> Rows(string type, IEnumerable<Instance>? instances) =>
        instances?.Select(instance => new Row(type, new Cell("INSTANCE_ID", instance.InstanceId))) ?? [];

    private static Row HealthRow(string type, InstanceState state, bool isLong) => new(
        type,
        [
            new("INSTANCE_ID", state.InstanceId), new("STATE", state.State),
            .. isLong ? [new("DESCRIPTION", state.Description), new("REASON_CODE", state.ReasonCode)] : Array.Empty<Cell>(),
        ]);
}
