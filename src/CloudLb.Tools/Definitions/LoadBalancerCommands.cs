using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Grammars;
using CloudLb.Tools.Output;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Definitions;

/// <summary>Load balancers are made, deleted, shown, and told how to check their instances.</summary>
internal static class LoadBalancerCommands
{
    private const string Scheme = "scheme", Tag = "tag";

    private static readonly Option[] HealthCheckOptions =
    [
        new()
        {
            Name = "target", Short = 't', Value = "PROTOCOL:PORT[/PATH]", IsRequired = true,
            Summary = "What is checked: HTTP:80/path, HTTPS:443/path, TCP:22 or SSL:443.",
        },
        new() { Name = "interval", Value = "SECONDS", IsRequired = true, Summary = "How often." },
        new() { Name = "timeout", Value = "SECONDS", IsRequired = true, Summary = "How long a check may take." },
        new() { Name = "healthy-threshold", Value = "COUNT", IsRequired = true, Summary = "Checks that must pass, one after the other." },
        new() { Name = "unhealthy-threshold", Value = "COUNT", IsRequired = true, Summary = "Checks that must fail, one after the other." },
    ];

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "configure-healthcheck", Summary = "Sets how a load balancer checks its instances.",
            Positionals = [Parts.LoadBalancer], Options = HealthCheckOptions,
            JavaOutput = "HEALTH_CHECK  TARGET  INTERVAL  TIMEOUT  HEALTHY_THRESHOLD  UNHEALTHY_THRESHOLD",
            EucaOutput = "HEALTH_CHECK  target  interval  timeout  healthy  unhealthy",
            Call = new Call<ConfigureHealthCheckRequest, ConfigureHealthCheckResponse>(ElasticLoadBalancingContract.ConfigureHealthCheck)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, HealthCheck = HealthCheckOf(arguments) },
                Java = response => HealthCheckRows(response.HealthCheck),
                Euca = (response, _) => HealthCheckRows(response.HealthCheck),
            },
        },
        new()
        {
            Name = "create-lb", Summary = "Makes a load balancer.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                Parts.Listener, Parts.Zones, Parts.Subnets, Parts.SecurityGroups,
                new()
                {
                    Name = Scheme, Short = 'i', Value = "SCHEME", Suggestions = ["internal", "internet-facing"],
                    Summary = "internal for a load balancer inside a VPC.",
                },
                new()
                {
                    Name = Tag, Short = 't', Value = "KEY[=VALUE]", Family = Family.Euca, IsRepeatable = true,
                    Summary = "A tag; given once for each.",
                },
            ],
            OneOf = [Parts.Zones.Name, Parts.Subnets.Name],
            JavaOutput = "DNS_NAME  DNS_NAME", EucaOutput = "DNS_NAME  name",
            Call = new Call<CreateLoadBalancerRequest, CreateLoadBalancerResponse>(ElasticLoadBalancingContract.CreateLoadBalancer)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, Listeners = ListenerCommands.ListenersOf(arguments),
                    AvailabilityZones = arguments.FindList(Parts.Zones.Name), Subnets = arguments.FindList(Parts.Subnets.Name),
                    SecurityGroups = arguments.FindList(Parts.SecurityGroups.Name), Scheme = arguments.Find(Scheme),
                    Tags = arguments.Has(Tag) ? [.. arguments.All(Tag).Select(TagText.Parse)] : null,
                },
                Java = response => DnsNameRow(response.DNSName),
                Euca = (response, _) => DnsNameRow(response.DNSName),
            },
        },
        new()
        {
            Name = "delete-lb", Summary = "Deletes a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Force],
            Question = "Clients of load balancer {0} will lose the service. Are you sure you want to delete this load balancer?",
            JavaOutput = "OK-Deleting LoadBalancer",
            Call = new Call<DeleteLoadBalancerRequest, DeleteLoadBalancerResponse>(ElasticLoadBalancingContract.DeleteLoadBalancer)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer },
                Otherwise = "OK-Deleting LoadBalancer",
            },
        },
        new()
        {
            Name = "describe-lbs", Summary = "Shows load balancers.",
            Positionals =
            [
                Parts.LoadBalancer with
                {
                    IsRequired = false, IsRepeatable = true, Summary = "Load balancers' names; all where there is none.",
                },
            ],
            Options = [Parts.ShowLong],
            JavaOutput = "LOAD_BALANCER  NAME  DNS_NAME  CANONICAL_HOSTED_ZONE_NAME  CANONICAL_HOSTED_ZONE_NAME_ID  CREATED_TIME",
            EucaOutput = "LOAD_BALANCER  name  DNS name  created time  scheme",
            Note = "In elb-describe-lbs' long form column 8 holds the instances of a load balancer without a VPC; one with a VPC has its " +
                "subnets and VPC id before them, in columns 8 and 9, or, with CLOUDLB_TOOLS_LONG_FORM=classic in the environment, behind " +
                "all others. On Eucalyptus the word verbose in place of a name shows an administrator the load balancers of all accounts.",
            Call = new Call<DescribeLoadBalancersRequest, DescribeLoadBalancersResponse>(ElasticLoadBalancingContract.DescribeLoadBalancers)
            {
                Request = arguments => new() { LoadBalancerNames = arguments.Positionals.Count > 0 ? arguments.Positionals : null },
                Otherwise = "No LoadBalancers found",
                Java = response => JavaRows(response),
                Euca = (response, arguments) =>
                    response.LoadBalancerDescriptions?
                        .Select(description => DescriptionRows.Euca(description, arguments.Has(CommonOptions.ShowLong))) ?? [],
                Next = (request, response) =>
                    string.IsNullOrEmpty(response.NextMarker) ? null : request with { Marker = response.NextMarker },
            },
        },
    ];

    /// <summary>Old scripts cannot be given an option, but an environment.</summary>
    private static IEnumerable<Row> JavaRows(DescribeLoadBalancersResponse response)
    {
        var isClassic = Surroundings.OfThisProcess.Find("CLOUDLB_TOOLS_LONG_FORM") == "classic";
        return response.LoadBalancerDescriptions?.Select(description => DescriptionRows.Java(description, isClassic)) ?? [];
    }

    private static HealthCheck HealthCheckOf(Arguments arguments) => new()
    {
        Target = HealthTargetText.Parse(arguments.Value("target")), Interval = arguments.Number("interval"),
        Timeout = arguments.Number("timeout"),
        HealthyThreshold = arguments.Number("healthy-threshold"), UnhealthyThreshold = arguments.Number("unhealthy-threshold"),
    };

    private static IEnumerable<Row> HealthCheckRows(HealthCheck? check) => check is null
        ? []
        :
        [
            new(
                "HEALTH_CHECK", new Cell("TARGET", check.Target), new Cell("INTERVAL", $"{check.Interval}"),
                new Cell("TIMEOUT", $"{check.Timeout}"),
                new Cell("HEALTHY_THRESHOLD", $"{check.HealthyThreshold}"), new Cell("UNHEALTHY_THRESHOLD", $"{check.UnhealthyThreshold}")),
        ];

    private static IEnumerable<Row> DnsNameRow(string? name) => [new("DNS_NAME", new Cell("DNS_NAME", name))];
}
