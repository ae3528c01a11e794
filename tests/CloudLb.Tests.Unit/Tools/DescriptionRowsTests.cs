using CloudLb.Elb.Contracts;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Output;

namespace CloudLb.Tests.Unit.Tools;

public sealed class DescriptionRowsTests
{
    private static readonly LoadBalancerDescription Classic = new()
    {
        LoadBalancerName = "web", DNSName = "web.example", CanonicalHostedZoneName = "zone.example", CanonicalHostedZoneNameID = "Z1",
        HealthCheck = new() { Target = "HTTP:80/", Interval = 30, Timeout = 5, HealthyThreshold = 10, UnhealthyThreshold = 2 },
        AvailabilityZones = ["a", "b"], Instances = [new() { InstanceId = "i-1" }, new() { InstanceId = "i-2" }],
        ListenerDescriptions =
        [
            new()
            {
                Listener = new()
                {
                    Protocol = "HTTPS", LoadBalancerPort = 443, InstanceProtocol = "HTTP", InstancePort = 80, SSLCertificateId = "arn",
                },
                PolicyNames = ["p", "q"],
            },
        ],
        BackendServerDescriptions = [new() { InstancePort = 80, PolicyNames = ["proxy"] }],
        Policies = new()
        {
            AppCookieStickinessPolicies = [new() { PolicyName = "app", CookieName = "JSESSIONID" }],
            LBCookieStickinessPolicies = [new() { PolicyName = "lb", CookieExpirationPeriod = 60 }], OtherPolicies = ["p", "q"],
        },
        SourceSecurityGroup = new() { OwnerAlias = "amazon-elb", GroupName = "amazon-elb-sg" },
        CreatedTime = new DateTimeOffset(2012, 7, 19, 9, 49, 19, 110, TimeSpan.Zero), Scheme = "internet-facing",
    };

    private static readonly LoadBalancerDescription InVpc = Classic with
    {
        VPCId = "vpc-1", Subnets = ["s-1", "s-2"], SecurityGroups = ["sg-1", "sg-2"],
    };

    [Fact]
    public void Without_a_VPC_the_fifth_field_is_the_hosted_zone_and_the_eighth_the_instances()
    {
        var fields = Long("|", Classic, isClassic: false);

        Assert.Equal(("LOAD_BALANCER", "web", "web.example", "Z1"), (fields[0], fields[1], fields[2], fields[4]));
        Assert.Equal("{interval=30,target=HTTP:80/,timeout=5,healthy-threshold=10,unhealthy-threshold=2}", fields[5]);
        Assert.Equal(("a, b", "i-1, i-2"), (fields[6], fields[7]));
    }

    [Fact]
    public void With_a_VPC_subnets_and_VPC_stand_before_the_instances_unless_the_old_order_is_asked_for()
    {
        Assert.Equal(["s-1, s-2", "vpc-1", "i-1, i-2"], Long("|", InVpc, isClassic: false)[7..10]);

        var classic = Long("|", InVpc, isClassic: true);
        Assert.Equal("i-1, i-2", classic[7]);
        Assert.Equal(["s-1, s-2", "vpc-1"], classic[^2..]);
    }

    [Fact]
    public void Euca2ools_short_form_has_five_fields() => Assert.Equal(
        "LOAD_BALANCER\tweb\tweb.example\t2012-07-19T09:49:19.110Z\tinternet-facing\n", Tabs(Classic, isLong: false));

    [Fact]
    public void Euca2ools_long_form_has_nineteen_fields() => Assert.Equal(
        "LOAD_BALANCER\tweb\tweb.example\tzone.example\tZ1\t" +
        "{interval=30,target=HTTP:80/,timeout=5,healthy-threshold=10,unhealthy-threshold=2}\ta,b\t" +
        "s-1,s-2\tvpc-1\ti-1,i-2\t{protocol=HTTPS,lb-port=443,instance-protocol=HTTP,instance-port=80,cert-id=arn,{p,q}}\t" +
        "{instance-port=80,policies={proxy}}\t{policy-name=app,cookie-name=JSESSIONID}\t{policy-name=lb,expiration-period=60}\t{p,q}\t" +
        "{owner-alias=amazon-elb,group-name=amazon-elb-sg}\t{sg-1,sg-2}\t2012-07-19T09:49:19.110Z\tinternet-facing\n",
        Tabs(InVpc, isLong: true));

    private static string[] Long(string delimiter, LoadBalancerDescription description, bool isClassic)
    {
        var output = new StringWriter { NewLine = "\n" };
        new LongForm(delimiter, showsHeaders: false).Write(output, [DescriptionRows.Java(description, isClassic)]);
        return output.ToString().TrimEnd('\n').Split(delimiter);
    }

    private static string Tabs(LoadBalancerDescription description, bool isLong)
    {
        var output = new StringWriter { NewLine = "\n" };
        new TabForm(showsEmptyFields: false).Write(output, [DescriptionRows.Euca(description, isLong)]);
        return output.ToString();
    }
}
