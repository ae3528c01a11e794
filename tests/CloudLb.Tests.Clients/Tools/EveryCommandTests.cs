using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;
using CloudLb.Tools.Definitions;

namespace CloudLb.Tests.Clients.Tools;

/// <summary>Every command of both families once, by its link, against a real CloudLb.</summary>
public sealed class EveryCommandTests(SharedServer server, ToolCommands tools)
{
    private readonly HashSet<string> _ran = [];

    private Uri Url => server.Process.Url;

    [Fact]
    public async Task Every_elb_command_does_what_it_says()
    {
        const string Lb = "elb-every", Vpc = "elb-every-vpc";
        Assert.StartsWith(
            "DNS_NAME  elb-every-",
            await Elb("create-lb", Lb, "-l", "protocol=HTTP,lb-port=80,instance-port=80", "-z", "us-east-1a"));
        await Elb("create-lb", Vpc, "--listener=protocol=HTTP,lb-port=80,instance-port=80", "--subnets=subnet-11111111");
        Assert.Equal(
            "OK-Creating LoadBalancer Listener\n",
            await Elb("create-lb-listeners", Lb, "-l", "protocol=tcp, lb-port=81, instance-port=81"));
        Assert.Equal(
            [
                "HEALTH_CHECK  TARGET        INTERVAL  TIMEOUT  HEALTHY_THRESHOLD  UNHEALTHY_THRESHOLD",
                "HEALTH_CHECK  HTTP:80/ping  30        5        2                  3",
            ],
            Lines(await Elb(
                "configure-healthcheck", Lb, "--headers", "--target", "http:80/ping", "--interval", "30", "--timeout", "5",
                "--healthy-threshold", "2", "--unhealthy-threshold", "3")));
        Assert.Equal(
            "OK-Creating App Stickiness Policy\n",
            await Elb("create-app-cookie-stickiness-policy", Lb, "-c", "JSESSIONID", "-p", "app"));
        Assert.Equal("OK-Creating LB Stickiness Policy\n", await Elb("create-lb-cookie-stickiness-policy", Lb, "-p", "lb"));
        Assert.Equal(
            "OK-Creating LoadBalancer Policy\n",
            await Elb("create-lb-policy", Lb, "-n", "proxy", "-t", "ProxyProtocolPolicyType", "-a", "name=ProxyProtocol, value=true"));
        Assert.Equal("OK-Setting Policies\n", await Elb("set-lb-policies-for-backend-server", Lb, "-i", "81", "-p", "proxy"));
        Assert.Equal("OK-Setting Policies\n", await Elb("set-lb-policies-of-listener", Lb, "-l", "80", "-p", "app"));
        Assert.Equal(
            [
                "POLICY  app    AppCookieStickinessPolicyType", "POLICY  lb     LBCookieStickinessPolicyType",
                "POLICY  proxy  ProxyProtocolPolicyType",
            ],
            Lines(await Elb("describe-lb-policies", Lb)).Order(StringComparer.Ordinal));
        Assert.Contains("POLICY_TYPE  ProxyProtocolPolicyType", await Elb("describe-lb-policy-types"));
        Assert.Equal("OK-Setting Policies\n", await Elb("set-lb-policies-of-listener", Lb, "-l", "80", "-p", ""));
        Assert.Equal("OK-Deleting LoadBalancer Policy\n", await Elb("delete-lb-policy", Lb, "-p", "app", "--force"));
        Assert.Equal("INSTANCE_ID  127.0.0.1\n", await Elb("register-instances-with-lb", Lb, "--instances", "127.0.0.1"));
        Assert.StartsWith("INSTANCE_ID  127.0.0.1  OutOfService  ", await Elb("describe-instance-health", Lb));
        Assert.Equal(
            "No Instances currently registered to LoadBalancer\n",
            await Elb("deregister-instances-from-lb", Lb, "--instances", "127.0.0.1"));
        Assert.Equal("AVAILABILITY_ZONES  us-east-1a, us-east-1b\n", await Elb("enable-zones-for-lb", Lb, "-z", "us-east-1b"));
        Assert.Equal("AVAILABILITY_ZONES  us-east-1b\n", await Elb("disable-zones-for-lb", Lb, "-z", "us-east-1a"));
        Assert.Equal("SUBNETS  subnet-11111111, subnet-22222222\n", await Elb("attach-lb-to-subnets", Vpc, "-s", "subnet-22222222"));
        Assert.Equal("SUBNETS  subnet-22222222\n", await Elb("detach-lb-from-subnets", Vpc, "-s", "subnet-11111111"));
        Assert.Equal(
            "SECURITY_GROUPS  sg-11111111, sg-22222222\n",
            await Elb("apply-security-groups-to-lb", Vpc, "-g", "sg-11111111,sg-22222222"));
        Assert.Equal("OK-Modifying LoadBalancer Attributes\n", await Elb("modify-lb-attributes", Lb, "ConnectionSettings.IdleTimeout=61"));
        Assert.Contains("ConnectionSettings.IdleTimeout", await Elb("describe-lb-attributes", Lb));
        Assert.Equal("OK-Setting SSL Certificate\n", await SetCertificateAsync(Elb, Lb));
        Assert.Equal("OK-Deleting LoadBalancer Listener\n", await Elb("delete-lb-listeners", Lb, "-l", "81,443", "--force"));
        Assert.Equal(Lb, Words(Lines(await Elb("describe-lbs", Lb)).Single())[1]);
        Assert.Equal("OK-Deleting LoadBalancer\n", await Elb("delete-lb", Lb, "--force"));
        Assert.Equal("OK-Deleting LoadBalancer\n", await Elb("delete-lb", Vpc, "--force"));
        Assert.Equal("OK-Deleting LoadBalancer\n", await Elb("delete-lb", Vpc, "--force"));
        Assert.Contains("(API 2012-06-01)", await Elb("version"));

        Assert.Equal(CommandTable.Of(Family.Java).Select(command => command.Name).Order(), _ran.Order());
    }

    [Fact]
    public async Task Every_eulb_command_does_what_it_says()
    {
        const string Lb = "eulb-every", Vpc = "eulb-every-vpc";
        Assert.StartsWith(
            "DNS_NAME\teulb-every-",
            await Eulb("create-lb", Lb, "-lprotocol=HTTP,lb-port=80,instance-port=80", "-z", "us-east-1a", "-t", "a=b"));
        await Eulb("create-lb", Vpc, "--listener", "protocol=HTTP,lb-port=80,instance-port=80", "--subnets", "subnet-11111111");
        Assert.Equal("", await Eulb("create-lb-listeners", Lb, "-l", "protocol=TCP, lb-port=81, instance-port=81"));
        Assert.Equal(
            "HEALTH_CHECK\tTCP:81\t30\t5\t2\t3\n",
            await Eulb(
                "configure-healthcheck", Lb, "-t", "tcp:81", "--interval", "30", "--timeout", "5", "--healthy-threshold", "2",
                "--unhealthy-threshold", "3"));
        Assert.Equal("", await Eulb("create-app-cookie-stickiness-policy", Lb, "-c", "JSESSIONID", "-p", "app"));
        Assert.Equal("", await Eulb("create-lb-cookie-stickiness-policy", Lb, "-p", "lb", "-e", "60"));
        Assert.Equal("", await Eulb("create-lb-policy", Lb, "-n", "proxy", "-t", "ProxyProtocolPolicyType", "-A", "ProxyProtocol=true"));
        Assert.Equal("", await Eulb("set-lb-policies-for-backend-server", Lb, "-i", "81", "-p", "proxy"));
        Assert.Equal("", await Eulb("set-lb-policies-of-listener", Lb, "-l", "80", "-p", "app"));
        Assert.Contains(
            "POLICY\tproxy\tProxyProtocolPolicyType\t{name=ProxyProtocol,value=true}",
            Lines(await Eulb("describe-lb-policies", Lb, "--show-long")));
        Assert.StartsWith("POLICY_TYPE\tProxyProtocolPolicyType\t", await Eulb("describe-lb-policy-types", "ProxyProtocolPolicyType"));
        Assert.Contains(
            "{protocol=HTTP,lb-port=80,instance-protocol=HTTP,instance-port=80,{app}}",
            await Eulb("describe-lbs", Lb, "--show-long"));
        Assert.Equal("", await Eulb("set-lb-policies-of-listener", Lb, "-l", "80", "-p", ""));
        Assert.Equal("", await Eulb("delete-lb-policy", Lb, "-p", "app"));
        Assert.Equal("INSTANCE\t127.0.0.1\n", await Eulb("register-instances-with-lb", Lb, "--instances", "127.0.0.1"));
        Assert.Equal("INSTANCE\t127.0.0.1\tOutOfService\n", await Eulb("describe-instance-health", Lb));
        Assert.Equal("", await Eulb("deregister-instances-from-lb", Lb, "--instances", "127.0.0.1"));
        Assert.Equal("AVAILABILITY_ZONES\tus-east-1a, us-east-1b\n", await Eulb("enable-zones-for-lb", Lb, "-z", "us-east-1b"));
        Assert.Equal("AVAILABILITY_ZONES\tus-east-1b\n", await Eulb("disable-zones-for-lb", Lb, "-z", "us-east-1a"));
        Assert.Equal("SUBNETS\tsubnet-11111111, subnet-22222222\n", await Eulb("attach-lb-to-subnets", Vpc, "-s", "subnet-22222222"));
        await Eulb("attach-lb-to-subnets", Vpc, "-s", "subnet-33333333");
        Assert.Equal("SUBNETS\tsubnet-22222222,subnet-33333333\n", await Eulb("detach-lb-from-subnets", Vpc, "-s", "subnet-11111111"));
        Assert.Equal(
            "SECURITY_GROUPS\tsg-11111111, sg-22222222\n",
            await Eulb("apply-security-groups-to-lb", Vpc, "-g", "sg-11111111,sg-22222222"));
        Assert.Equal("", await Eulb("modify-lb-attributes", Lb, "ConnectionDraining.Enabled=true", "ConnectionDraining.Timeout=61"));
        Assert.Contains("ConnectionDraining.Timeout\t61", Lines(await Eulb("describe-lb-attributes", Lb)));
        Assert.Equal("", await Eulb("create-tags", Lb, "-t", "c=d=e", "-t", "empty"));
        Assert.Equal("", await Eulb("delete-tags", Lb, "-t", "a"));
        Assert.Equal(
            [
                "TAG  RESOURCE-TYPE  RESOURCE-ID  KEY    VALUE", "TAG  load-balancer  eulb-every   c      d=e",
                "TAG  load-balancer  eulb-every   empty",
            ],
            Lines(await Eulb("describe-tags", Lb, "--show-headers")));
        Assert.Equal("", await SetCertificateAsync(Eulb, Lb));
        Assert.Equal("", await Eulb("delete-lb-listeners", Lb, "-l", "81,443"));
        Assert.Equal("", await Eulb("delete-lb", Lb));
        Assert.Equal("", await Eulb("delete-lb", Vpc, "--force"));
        Assert.Equal("", await Eulb("delete-lb", Vpc));

        Assert.Equal(CommandTable.Of(Family.Euca).Select(command => command.Name).Order(), _ran.Order());
    }

    /// <summary>Gives the load balancer an HTTPS listener with one certificate, and then another.</summary>
    private async Task<string> SetCertificateAsync(Func<string, string[], Task<string>> run, string name)
    {
        var token = TestContext.Current.CancellationToken;
        await ServerCertificateFiles.New("a.example").ServeAsync(Url, name, instancePort: 80, token);
        var next = await ServerCertificateFiles.New("b.example").UploadAsync(Url, $"{name}-next", token);

        // What IAM was given is known elsewhere a moment later, as at AWS.
        _ran.Add("set-lb-listener-ssl-cert");
        var family = run == Elb ? "elb" : "eulb";
        return (await Wait.ForAsync(
            () => tools.RunAsync(Url, $"{family}-set-lb-listener-ssl-cert", [name, "-l", "443", "-c", next]),
            result => result.ExitCode == 0, token)).Output;
    }

    private Task<string> Elb(string command, params string[] arguments) => RunAsync("elb", command, arguments);

    private Task<string> Eulb(string command, params string[] arguments) => RunAsync("eulb", command, arguments);

    private Task<string> RunAsync(string family, string command, string[] arguments)
    {
        _ran.Add(command);
        return tools.DoAsync(Url, $"{family}-{command}", arguments);
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
