using CloudLb.AwsApi;
using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;
using CloudLb.Tests.Clients.Hostile;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>Calls of every action of every query service there is.</summary>
internal static class FuzzCalls
{
    private static readonly string[] OfIam =
    [
        "ServerCertificateName", "CertificateBody", "PrivateKey", "CertificateChain", "Path", "PathPrefix", "NewPath",
        "NewServerCertificateName", "Marker", "MaxItems",
        "Tags.member.1.Key", "Tags.member.1.Value", "TagKeys.member.1", "UserName", "AccessKeyId", "Status",
    ];

    private static readonly string[] OfEc2 =
    [
        "Filter.1.Name", "Filter.1.Value.1", "InstanceId.1", "SubnetId.1", "VpcId.1", "GroupId.1", "ZoneName.1", "InstanceType.1",
        "NetworkInterfaceId.1", "RouteTableId.1",
        "AttributeName.1", "Attribute", "VpcId", "InstanceId", "MaxResults", "NextToken", "DryRun",
    ];

    private static readonly (ServiceContract Service, Func<string, IReadOnlyList<string>> Parameters, int Weight)[] Services =
    [
        (ElasticLoadBalancingContract.Service, action => ModelParameters.OfElasticLoadBalancing[action], 8),
        (IamContract.Service, _ => OfIam, 3),
        (Ec2Contract.Service, _ => OfEc2, 3),
        (StsContract.Service, _ => [], 1),
    ];

    /// <summary>Of which AWS wants one or the other, or none.</summary>
    private static readonly string[] Alternatives =
    [
        "AvailabilityZones.member.1", "Subnets.member.1", "SecurityGroups.member.1", "SSLCertificateId",
    ];

    private static readonly int Weights = Services.Sum(service => service.Weight);

    /// <summary>
    /// Whose parameters an earlier answer tells, or that need a policy of a kind and a name that were made before: these are asked, and
    /// refused.
    /// </summary>
    private static readonly string[] NeedAnswers =
        ["SetLoadBalancerListenerSSLCertificate", "SetLoadBalancerPoliciesForBackendServer", "UpdateAccessKey", "DeleteAccessKey"];

    /// <summary>The actions of which every one is answered well at least once in a long run.</summary>
    public static IEnumerable<string> Guessable =>
        Services.SelectMany(service => service.Service.Operations).Select(operation => operation.Name).Except(NeedAnswers);

    /// <param name="hostility">How many of a hundred values are hostile.</param>
    /// <returns>The form, and the service that it is signed for.</returns>
    public static (string Form, string Service) Next(Random random, int hostility)
    {
        var (service, parameters) = AnyService(random);
        var action = service.Operations[random.Next(service.Operations.Count)].Name;
        var form = $"Action={action}&Version={service.Version}";
        foreach (var name in parameters(action))
        {
            var isLeftOut = hostility == 0 && ParameterValues.SaneOf(name).Length == 0;
            form += isLeftOut || random.Next(100) < LeftOut(name)
                ? ""
                : $"&{name}={ParameterValues.Escape(Value(name, random, hostility))}";
        }

        return (form, service.SigningName);
    }

    /// <summary>A value that should lead nowhere: one of the lists, with a piece of another put into it, or characters at random.</summary>
    public static string Hostile(string name, Random random)
    {
        static string Any(IReadOnlyList<string> values, Random random) => values[random.Next(values.Count)];
        var value = Any(ParameterValues.HostileOf(name), random);
        return random.Next(7) switch
        {
            < 4 => value,
            < 6 => value.Insert(random.Next(value.Length + 1), Any(HostileValues.Parameters, random)),
            _ => string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x80 : 0xD800))),
        };
    }

    /// <summary>How many of a hundred times a parameter is left out.</summary>
    private static int LeftOut(string name) => OfIam.Contains(name) || OfEc2.Contains(name) || Alternatives.Contains(name) ? 50 : 10;

    private static (ServiceContract Service, Func<string, IReadOnlyList<string>> Parameters) AnyService(Random random)
    {
        var left = random.Next(Weights);
        foreach (var (service, parameters, weight) in Services)
        {
            left -= weight;
            if (left < 0)
            {
                return (service, parameters);
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    private static string Value(string name, Random random, int hostility) =>
        random.Next(100) >= hostility && ParameterValues.SaneOf(name) is { Length: > 0 } sane
            ? sane[random.Next(sane.Length)]
            : Hostile(name, random);
}
