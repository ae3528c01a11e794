using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Grammars;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Definitions;

/// <summary>Policies are made, deleted, and put into force.</summary>
internal static class PolicyCommands
{
    private const string Cookie = "cookie-name", Period = "expiration-period", Name = "policy-name", Type = "policy-type",
        Attribute = "attribute",
        Attributes = "attributes", AttributesFile = "attributes-from-file", InstancePort = "instance-port";

    private static readonly Option PeriodOption = new()
    {
        Name = Period, Short = 'e', Value = "SECONDS",
        Summary = "How long the cookie is valid; where it is absent, as long as the browser runs.",
    };

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "create-app-cookie-stickiness-policy", Summary = "Makes a policy that follows an application's cookie.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new() { Name = Cookie, Short = 'c', Value = "COOKIE", IsRequired = true, Summary = "The application's cookie." },
                Parts.PolicyName,
            ],
            JavaOutput = "OK-Creating App Stickiness Policy",
            Call = new Call<CreateAppCookieStickinessPolicyRequest, CreateAppCookieStickinessPolicyResponse>(
                ElasticLoadBalancingContract.CreateAppCookieStickinessPolicy)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, CookieName = arguments.Value(Cookie), PolicyName = arguments.Value(Name),
                },
                Otherwise = "OK-Creating App Stickiness Policy",
            },
        },
        new()
        {
            Name = "create-lb-cookie-stickiness-policy", Summary = "Makes a policy that keeps clients by a cookie of the load balancer.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                Parts.PolicyName, PeriodOption with { Family = Family.Java },
                PeriodOption with { Family = Family.Euca, IsRequired = true, Summary = "How long the cookie is valid." },
            ],
            JavaOutput = "OK-Creating LB Stickiness Policy",
            Call = new Call<CreateLBCookieStickinessPolicyRequest, CreateLBCookieStickinessPolicyResponse>(
                ElasticLoadBalancingContract.CreateLBCookieStickinessPolicy)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, PolicyName = arguments.Value(Name),
                    CookieExpirationPeriod = arguments.Has(Period) ? arguments.Number(Period) : null,
                },
                Otherwise = "OK-Creating LB Stickiness Policy",
            },
        },
        new()
        {
            Name = "create-lb-policy", Summary = "Makes a policy of any type.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new() { Name = Name, Short = 'n', Value = "POLICY", IsRequired = true, Summary = "The policy's name." },
                new()
                {
                    Name = Type, Short = 't', Value = "TYPE", IsRequired = true,
                    Summary = "The policy's type; describe-lb-policy-types shows them.",
                },
                new()
                {
                    Name = Attribute, Short = 'a', Value = "\"name=NAME, value=VALUE\"", IsRepeatable = true,
                    Summary = "An attribute; given once for each.",
                },
                new()
                {
                    Name = Attributes, Short = 'A', Value = "NAME=VALUE,...", Family = Family.Euca,
                    Summary = "Attributes, comma-separated.",
                },
                new()
                {
                    Name = AttributesFile, Value = "FILE", Family = Family.Euca,
                    Summary = "A file with a line NAME=VALUE for each attribute and comments behind #; - is standard input.",
                },
            ],
            JavaOutput = "OK-Creating LoadBalancer Policy",
            Call = new Call<CreateLoadBalancerPolicyRequest, CreateLoadBalancerPolicyResponse>(
                ElasticLoadBalancingContract.CreateLoadBalancerPolicy)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, PolicyName = arguments.Value(Name), PolicyTypeName = arguments.Value(Type),
                    PolicyAttributes = AttributesOf(arguments),
                },
                Otherwise = "OK-Creating LoadBalancer Policy",
            },
        },
        new()
        {
            Name = "delete-lb-policy", Summary = "Deletes a policy.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.PolicyName, Parts.Force],
            Question = "Are you sure you want to delete this policy of load balancer {0}?",
            JavaOutput = "OK-Deleting LoadBalancer Policy",
            Call = new Call<DeleteLoadBalancerPolicyRequest, DeleteLoadBalancerPolicyResponse>(
                ElasticLoadBalancingContract.DeleteLoadBalancerPolicy)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, PolicyName = arguments.Value(Name) },
                Otherwise = "OK-Deleting LoadBalancer Policy",
            },
        },
        new()
        {
            Name = "set-lb-policies-for-backend-server", Summary = "Sets the policies of an instance port, in place of those that it has.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new() { Name = InstancePort, Short = 'i', Value = "PORT", IsRequired = true, Summary = "The instances' port." },
                Parts.PolicyNames,
            ],
            JavaOutput = "OK-Setting Policies",
            Call = new Call<SetLoadBalancerPoliciesForBackendServerRequest, SetLoadBalancerPoliciesForBackendServerResponse>(
                ElasticLoadBalancingContract.SetLoadBalancerPoliciesForBackendServer)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, InstancePort = arguments.Number(InstancePort),
                    PolicyNames = arguments.List(Parts.PolicyNames.Name),
                },
                Otherwise = "OK-Setting Policies",
            },
        },
        new()
        {
            Name = "set-lb-policies-of-listener", Summary = "Sets the policies of a listener, in place of those that it has.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.LoadBalancerPort, Parts.PolicyNames],
            JavaOutput = "OK-Setting Policies",
            Call = new Call<SetLoadBalancerPoliciesOfListenerRequest, SetLoadBalancerPoliciesOfListenerResponse>(
                ElasticLoadBalancingContract.SetLoadBalancerPoliciesOfListener)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, LoadBalancerPort = arguments.Number(Parts.LoadBalancerPort.Name),
                    PolicyNames = arguments.List(Parts.PolicyNames.Name),
                },
                Otherwise = "OK-Setting Policies",
            },
        },
    ];

    /// <summary>Null when none is given.</summary>
    private static IReadOnlyList<PolicyAttribute>? AttributesOf(Arguments arguments)
    {
        List<PolicyAttribute> attributes =
        [
            .. arguments.All(Attribute).Select(PolicyAttributeText.Parse),
            .. arguments.List(Attributes).Select(PolicyAttributeText.ParsePair),
            .. arguments.Find(AttributesFile) is { } file ? PolicyAttributeText.ReadFile(file) : [],
        ];
        return attributes.Count > 0 ? attributes : null;
    }
}
